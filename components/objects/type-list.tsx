import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import type { TypeSummary } from '@/lib/api-types';
import { ObjectName, ObjectRow, ObjectTable } from './object-table';

export type TypeListProps = { items: readonly TypeSummary[] };

const columns = [
  { name: 'Type', width: '30%' },
  { name: 'Kind', width: '90px' },
  { name: 'What it holds' },
  { name: 'Owner', width: '130px', isWide: true },
];

/** People's own types: enums with their labels in order, domains with their checks, composites with their parts. */
export function TypeList({ items }: TypeListProps) {
  return (
    <ObjectTable caption="Types" columns={columns}>
      {items.map((item) => (
        <ObjectRow key={JSON.stringify([item.schema, item.name])}>
          <td className="align-top">
            <ObjectName schema={item.schema} name={item.name} />
            {item.comment ? <p className="text-ink-soft text-sm">{item.comment}</p> : null}
          </td>
          <td className="align-top text-ink-soft">{item.kind}</td>
          <td className="align-top">
            <TypeBody item={item} />
          </td>
          <td className="truncate align-top font-mono text-ink-soft text-sm leading-5 max-md:hidden">
            {item.owner}
          </td>
        </ObjectRow>
      ))}
    </ObjectTable>
  );
}

function TypeBody({ item }: { item: TypeSummary }): ReactNode {
  switch (item.kind) {
    case 'enum':
      return <EnumLabels labels={item.labels ?? []} />;
    case 'domain':
      return item.domain ? <Domain domain={item.domain} /> : null;
    case 'composite':
      return <Attributes attributes={item.attributes ?? []} />;
    case 'range':
      return <Mono>range of {item.subtype}</Mono>;
    default:
      return item.kind satisfies never;
  }
}

function EnumLabels({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return <span className="text-ink-faint">no labels</span>;
  return (
    <ol className="flex flex-wrap gap-1">
      {labels.map((label) => (
        <li key={label}>
          <Badge className="whitespace-pre-wrap! h-auto! min-h-5 font-mono">{label}</Badge>
        </li>
      ))}
    </ol>
  );
}

function Domain({ domain }: { domain: NonNullable<TypeSummary['domain']> }) {
  return (
    <Mono>
      {domain.type}
      {domain.nullable ? '' : ' not null'}
      {domain.default === null ? '' : ` default ${domain.default}`}
      {domain.checks.map((check) => ` ${check}`)}
    </Mono>
  );
}

function Attributes({ attributes }: { attributes: NonNullable<TypeSummary['attributes']> }) {
  return (
    <ul>
      {attributes.map(({ name, type }) => (
        <li key={name}>
          <Mono>
            {name} <span className="text-ink-soft">{type}</span>
          </Mono>
        </li>
      ))}
    </ul>
  );
}

function Mono({ children }: { children: ReactNode }) {
  return <span className="font-mono text-sm [overflow-wrap:anywhere]">{children}</span>;
}
