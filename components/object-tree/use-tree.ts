import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { pathOfRelation } from '../shell/place';
import type { ObjectTreeProps } from './object-tree';
import { relationKey, schemaKey, type TreeRow, treeRows } from './tree-rows';
import type { Relations } from './use-relations';
import { useTreeKeys } from './use-tree-keys';

const lineHeight = 26;

/** What a tree knows and does: its lines, which are open, the active and the current one, and what its keys and clicks do. */
export function useTree({ place, relations, current }: ObjectTreeProps) {
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const currentKey = current && relationKey(current);
  const { rows, setOpen } = useOpenRows(relations, current?.schema);
  const active = indexOfKey(rows, activeKey ?? currentKey);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 16,
  });
  const moveTo = (index: number) => {
    setActiveKey(rows[index]?.key ?? null);
    virtualizer.scrollToIndex(index);
  };
  const toggle = (row: TreeRow) => {
    setActiveKey(row.key);
    if (row.type === 'more') relations.readMore(row.schema);
    else if (row.type !== 'relation') setOpen(row.key, !row.isOpen);
  };
  const follow = (row: TreeRow) => {
    if (row.type === 'relation') router.push(pathOfRelation(place, row.relation));
    else toggle(row);
  };
  const onKeyDown = useTreeKeys({ rows, active, moveTo, toggle, follow });
  const lines = virtualizer.getVirtualItems();
  const onMove = useReadOn(lines.map(({ index }) => rows[index]).find(isUnread), relations.readMore);
  useRevealed(currentKey, (key) => {
    setActiveKey(null);
    const index = rows.findIndex((row) => row.key === key);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
    return index >= 0;
  });
  const height = virtualizer.getTotalSize();
  return { scroller, rows, active, currentKey, lines, height, toggle, onKeyDown, onMove };
}

/** The lines of a tree, and how one is opened or closed. */
function useOpenRows({ items, schemas, isSearch }: Relations, current: string | undefined) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = useMemo(() => {
    const isOpen = openByDefault(schemas, current);
    return treeRows({ items, schemas, isSearch }, (key) => chosen.get(key) ?? isOpen(key));
  }, [items, schemas, isSearch, chosen, current]);
  const setOpen = (key: string, isOpen: boolean) => setChosen((before) => new Map(before).set(key, isOpen));
  return { rows, setOpen };
}

/** Scrolls to the current line once it is there; again when another one is current. */
function useRevealed(key: string | null, reveal: (key: string) => boolean) {
  const revealed = useRef<string | null>(null);
  const tryReveal = useEffectEvent(reveal);
  useEffect(() => {
    if (key && revealed.current !== key && tryReveal(key)) revealed.current = key;
  });
}

type MoreRow = Extract<TreeRow, { type: 'more' }>;

function isUnread(row: TreeRow | undefined): row is MoreRow {
  return row?.type === 'more' && row.status === 'ready';
}

/**
 * Reads a schema on when the line that stands for the rest of it is seen. Only once somebody has moved in the tree, or
 * when nothing of the schema is here: else a current relation far down would drag all before it along.
 */
function useReadOn(unread: MoreRow | undefined, readMore: (schema: string) => void): () => void {
  const [hasMoved, setHasMoved] = useState(false);
  const read = useEffectEvent(readMore);
  const schema = unread && (hasMoved || unread.count === 0) ? unread.schema : null;
  const count = unread?.count;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with more lines, the end may be seen again
  useEffect(() => {
    if (schema !== null) read(schema);
  }, [schema, count]);
  return () => setHasMoved(true);
}

/**
 * What is open before anybody chose: schemas that are wholly here, the first, `public` and the current one. Sequences
 * are closed: they stand beside the tables that use them.
 */
function openByDefault(schemas: Relations['schemas'], current: string | undefined): (key: string) => boolean {
  const [first] = schemas.keys();
  const shut = new Set(
    [...schemas]
      .filter(([name, { next }]) => next !== null && ![first, 'public', current].includes(name))
      .map(([name]) => schemaKey(name)),
  );
  return (key) => !shut.has(key) && !key.endsWith(',null,"sequence"]');
}

function indexOfKey(rows: readonly TreeRow[], key: string | null): number {
  return Math.max(
    0,
    rows.findIndex((row) => row.key === key),
  );
}
