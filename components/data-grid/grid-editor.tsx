// biome-ignore-all lint/a11y/useSemanticElements: a virtualised grid has its cells placed, which tables do not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the editor inside takes the focus
import type { ReactNode } from 'react';
import type { Position } from './grid-selection';
import { headerHeight, rowHeight } from './use-viewport';

/** What an editor needs to be wide at least, in pixels. */
const narrowest = 260;

/** A cell that is edited; `shift` is how far a cell that stays in sight stood from its place when that began. */
export type Editing = Position & { shift: number };

export type GridEditorProps = {
  editing: Editing;
  widths: readonly number[];
  gutter: number;
  children: ReactNode;
};

/** Puts an editor over its cell, where it stays while the grid scrolls: what was typed is not lost. */
export function GridEditor({ editing: { row, column, shift }, widths, gutter, children }: GridEditorProps) {
  const before = widths.slice(0, column).reduce((sum, width) => sum + width, gutter);
  const width = Math.max(narrowest, (widths[column] ?? 0) + 8);
  const all = widths.reduce((sum, each) => sum + each, gutter);
  const left = Math.max(0, Math.min(before - 4 + shift, Math.max(all, width) - width));
  return (
    <div
      role="row"
      className="absolute z-30"
      style={{ top: headerHeight + row * rowHeight - 4, left, width }}
    >
      <div role="gridcell">{children}</div>
    </div>
  );
}
