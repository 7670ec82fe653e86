// biome-ignore-all lint/a11y/useSemanticElements: a virtualised tree has its lines placed, which lists do not allow
'use client';

import { useId } from 'react';
import { type DatabasePlace, pathOfRelation } from '../shell/place';
import { TreeLine } from './tree-line';
import type { Relations } from './use-relations';
import { useTree } from './use-tree';

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
export function ObjectTree(props: ObjectTreeProps) {
  const id = useId();
  const { scroller, rows, active, currentKey, lines, height, toggle, onKeyDown, onMove } = useTree(props);
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
      <div role="none" className="relative" style={{ height }}>
        {lines.map(({ index, start, key }) => {
          const row = rows[index];
          return row ? (
            <TreeLine
              key={key}
              id={`${id}-${row.key}`}
              row={row}
              top={start}
              href={row.type === 'relation' ? pathOfRelation(props.place, row.relation) : undefined}
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
