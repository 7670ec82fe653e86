import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import type { ExportFormat } from '@/lib/api-types';

/** What is to be exported, and how. */
export type ExportChoice = { format: ExportFormat; escapeFormulas: boolean };

export type ExportMenuProps = {
  /** What the rows are: said on top of the menu. */
  what: string;
  onExport: (choice: ExportChoice) => void;
  disabled?: boolean;
};

const formats: readonly { format: ExportFormat; label: string }[] = [
  { format: 'csv', label: 'CSV, as PostgreSQL writes it' },
  { format: 'json', label: 'JSON, one array' },
  { format: 'ndjson', label: 'NDJSON, an object a line' },
  { format: 'sql', label: 'SQL, an INSERT a line' },
];

/** The formats of an export. All rows come, at the read level, as one run in the history. */
export function ExportMenu({ what, onExport, disabled = false }: ExportMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" variant="ghost" disabled={disabled}>
          <Download aria-hidden />
          Export
        </Button>
      }
    >
      <MenuLabel>{what}</MenuLabel>
      {formats.map(({ format, label }) => (
        <MenuItem key={format} onSelect={() => onExport({ format, escapeFormulas: false })}>
          {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onExport({ format: 'csv', escapeFormulas: true })}>
        <span>
          CSV for a spreadsheet
          <span className="block text-ink-faint text-xs">
            Changes text that begins with = + - @ or a tab: it gets a ' before it, so that no spreadsheet runs
            it.
          </span>
        </span>
      </MenuItem>
    </Menu>
  );
}
