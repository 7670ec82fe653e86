import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import type { ExportFormat } from '@/lib/api-types';

/** What is to be exported, and how. */
export type ExportChoice = {
  format: ExportFormat;
  escapeFormulas: boolean;
  /** The columns as they are shown, and not all of them. */
  isAsShown?: boolean;
};

export type ExportMenuProps = {
  /** What the rows are: said on top of the menu. */
  what: string;
  /** How many columns are shown, where they are not simply all: then an export may be of these. */
  shown?: number;
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
export function ExportMenu({ what, shown, onExport, disabled = false }: ExportMenuProps) {
  const [isWanted, setWanted] = useState(false);
  const isAsShown = isWanted && shown !== undefined;
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
      {shown === undefined ? null : (
        <>
          <MenuCheck isChecked={isWanted} onChange={setWanted}>
            Only the {shown === 1 ? 'column' : `${shown} columns`} shown, as they are shown
          </MenuCheck>
          <MenuSeparator />
        </>
      )}
      {formats.map(({ format, label }) => (
        <MenuItem key={format} onSelect={() => onExport({ format, escapeFormulas: false, isAsShown })}>
          {label}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={() => onExport({ format: 'csv', escapeFormulas: true, isAsShown })}>
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
