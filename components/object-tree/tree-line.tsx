import { clsx } from 'clsx';
import { ChevronRight, Layers } from 'lucide-react';
import Link from 'next/link';
import { type ComponentProps, memo } from 'react';
import { formatBytes, formatCount } from '@/components/ui/format';
import type { RelationSummary } from '@/lib/api-types';
import { relationKinds } from './kinds';
import type { SchemaState } from './relation-store';
import { depthOf, type TreeRow } from './tree-rows';
import { estimateInShort } from './words';

export type TreeLineProps = {
  id: string;
  row: TreeRow;
  top: number;
  /** Where a relation's line leads. */
  href: string | undefined;
  /** Whether the keys act on it. */
  isActive: boolean;
  /** Whether the page shows it. */
  isCurrent: boolean;
  onToggle: (row: TreeRow) => void;
};

const style =
  'absolute inset-x-0 flex h-[26px] cursor-default select-none items-center gap-1.5 rounded-md pr-1.5 hover:bg-hover';

/** One line of the tree: a group that opens and closes, or a relation that links to its page. */
export const TreeLine = memo(function TreeLine({ row, href, ...line }: TreeLineProps) {
  const same = {
    id: line.id,
    'aria-level': depthOf(row),
    style: { top: line.top, paddingLeft: (depthOf(row) - 1) * 12 + 4 },
    className: clsx(
      style,
      line.isCurrent && 'bg-accent-soft font-medium text-accent hover:bg-accent-soft',
      line.isActive &&
        'group-focus-visible/tree:outline-2 group-focus-visible/tree:-outline-offset-2 outline-focus',
    ),
  };
  if (row.type === 'relation' && href) {
    return (
      <Link
        {...same}
        role="treeitem"
        href={href}
        prefetch={false}
        tabIndex={-1}
        aria-current={line.isCurrent ? 'page' : undefined}
        aria-selected={line.isActive}
        title={titleOf(row.relation)}
      >
        <RelationLabel relation={row.relation} isCurrent={line.isCurrent} />
      </Link>
    );
  }
  if (row.type === 'relation') return null;
  if (row.type === 'more')
    return <MoreLine {...same} status={row.status} onClick={() => line.onToggle(row)} />;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus
    <div
      {...same}
      role="treeitem"
      aria-expanded={row.isOpen}
      aria-selected={line.isActive}
      onClick={() => line.onToggle(row)}
    >
      <ChevronRight
        aria-hidden
        className={clsx(
          'size-3 shrink-0 text-ink-faint transition-transform duration-75',
          row.isOpen && 'rotate-90',
        )}
      />
      {row.type === 'schema' ? (
        <>
          <Layers aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          <span className="min-w-0 flex-1 truncate font-mono text-sm">{row.schema}</span>
        </>
      ) : (
        <span className="min-w-0 flex-1 truncate text-ink-soft text-sm">{relationKinds[row.kind].many}</span>
      )}
      <span className="text-ink-faint text-xs">{countInWords(row)}</span>
    </div>
  );
});

type MoreLineProps = ComponentProps<'div'> & { status: SchemaState['status'] };

const moreWords: Record<SchemaState['status'], string> = {
  ready: 'Show more',
  loading: 'Reading more…',
  failed: 'Could not be read. Try again',
};

/** Where a schema goes on: a click, or Enter, reads on, and so does coming here by scrolling. */
function MoreLine({ status, ...rest }: MoreLineProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus
    <div {...rest} role="treeitem" aria-selected={false}>
      <span className={clsx('ml-3 truncate text-sm', status === 'failed' ? 'text-danger' : 'text-ink-soft')}>
        {moreWords[status]}
      </span>
    </div>
  );
}

/** `12`, `1,000+` where there are more, nothing where none has been read. */
function countInWords({ count, isPart }: { count: number; isPart: boolean }): string {
  if (isPart && count === 0) return '';
  return `${formatCount(count)}${isPart ? '+' : ''}`;
}

function RelationLabel({ relation, isCurrent }: { relation: RelationSummary; isCurrent: boolean }) {
  const { icon: Icon, one } = relationKinds[relation.kind];
  return (
    <>
      <Icon aria-hidden className="ml-3 size-3.5 shrink-0 text-ink-faint" />
      <span className="min-w-0 flex-1 truncate whitespace-pre font-mono text-sm">{relation.name}</span>
      <span className="sr-only">, {one}</span>
      {relation.estimated_rows === null ? null : (
        <span
          aria-hidden
          className={clsx('shrink-0 font-normal text-xs', isCurrent ? 'text-ink-soft' : 'text-ink-faint')}
        >
          {estimateInShort(relation.estimated_rows)}
        </span>
      )}
    </>
  );
}

function titleOf({ schema, name, kind, estimated_rows: rows, size_bytes: bytes }: RelationSummary): string {
  const facts = [
    relationKinds[kind].one,
    rows === null ? null : `about ${formatCount(rows)} rows`,
    bytes === null ? null : formatBytes(bytes),
  ];
  return `${schema}.${name}\n${facts.filter(Boolean).join(' · ')}`;
}
