// biome-ignore-all lint/a11y/useSemanticElements: a virtualised tree has its lines placed, which lists do not allow
'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useId, useMemo, useRef, useState } from 'react';
import { type DatabasePlace, pathOfRelation } from '../shell/place';
import { TreeLine } from './tree-line';
import { relationKey, schemaKey, type TreeRow, treeRows } from './tree-rows';
import type { Relations } from './use-relations';
import { useTreeKeys } from './use-tree-keys';

export const lineHeight = 26;

export type ObjectTreeProps = {
  place: DatabasePlace;
  relations: Relations;
  /** The relation that the page shows. */
  current: { schema: string; name: string } | null;
};

/**
 * The relations of a database by schema and kind. Only the lines near the viewport are in the page. The tree holds
 * the focus; arrows, letters and Enter work as in any tree.
 */
export function ObjectTree({ place, relations, current }: ObjectTreeProps) {
  const id = useId();
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const { items, schemas, isSearch, readMore } = relations;
  const currentKey = current && relationKey(current);

  const rows = useMemo(() => {
    const isOpen = openByDefault(schemas, current?.schema);
    return treeRows({ items, schemas, isSearch }, (key) => chosen.get(key) ?? isOpen(key));
  }, [items, schemas, isSearch, chosen, current?.schema]);
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
    if (row.type === 'more') readMore(row.schema);
    else if (row.type !== 'relation') setChosen((before) => new Map(before).set(row.key, !row.isOpen));
  };
  const follow = (row: TreeRow) => {
    if (row.type === 'relation') router.push(pathOfRelation(place, row.relation));
    else toggle(row);
  };
  const onKeyDown = useTreeKeys({ rows, active, moveTo, toggle, follow });

  const lines = virtualizer.getVirtualItems();
  const seen = lines.map(({ index }) => rows[index]);
  const onMove = useReadOn(seen.find(isUnread), readMore);
  useRevealed(currentKey, (key) => {
    setActiveKey(null);
    const index = rows.findIndex((row) => row.key === key);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
    return index >= 0;
  });

  const activeRow = rows[active];
  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Relations"
      aria-activedescendant={activeRow && `${id}-${activeRow.key}`}
      tabIndex={0}
      onKeyDown={(event) => {
        onMove();
        onKeyDown(event);
      }}
      onWheel={onMove}
      onPointerDown={onMove}
      onTouchMove={onMove}
      className="group/tree min-h-0 flex-1 overflow-auto px-1 pb-2 outline-none"
    >
      <div role="none" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {lines.map(({ index, start, key }) => {
          const row = rows[index];
          return row ? (
            <TreeLine
              key={key}
              id={`${id}-${row.key}`}
              row={row}
              top={start}
              href={row.type === 'relation' ? pathOfRelation(place, row.relation) : undefined}
              isActive={index === active}
              isCurrent={row.key === currentKey}
              onToggle={toggle}
            />
          ) : null;
        })}
      </div>
    </div>
  );
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
