import { Badge } from '@/components/ui/badge';
import type { ExtensionSummary } from '@/lib/api-types';
import { ObjectRow, ObjectTable } from './object-table';

export type ExtensionListProps = { items: readonly ExtensionSummary[] };

const columns = [
  { name: 'Extension', width: '26%' },
  { name: 'Version', width: '26%' },
  { name: 'Schema', width: '16%', isWide: true },
  { name: 'Comment', isWide: true },
];

/** Installed extensions; one whose files offer another version says so. */
export function ExtensionList({ items }: ExtensionListProps) {
  return (
    <ObjectTable caption="Extensions" columns={columns}>
      {items.map((item) => (
        <ObjectRow key={item.name}>
          <td className="font-mono text-sm [overflow-wrap:anywhere]">{item.name}</td>
          <td>
            <span className="flex flex-wrap items-center gap-1.5">
              {item.version}
              <Update item={item} />
            </span>
          </td>
          <td className="truncate font-mono text-ink-soft text-sm max-md:hidden">{item.schema}</td>
          <td className="text-ink-soft max-md:hidden">{item.comment}</td>
        </ObjectRow>
      ))}
    </ObjectTable>
  );
}

function Update({ item: { version, default_version: offered } }: { item: ExtensionSummary }) {
  if (offered === version) return null;
  if (offered === null) {
    return (
      <Badge tone="danger" title="The server has no control file of it: its functions may fail.">
        files are gone
      </Badge>
    );
  }
  return (
    <Badge tone="warning" title={`ALTER EXTENSION … UPDATE brings ${offered}.`}>
      {offered} waits
    </Badge>
  );
}
