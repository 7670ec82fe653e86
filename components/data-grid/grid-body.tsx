import type { Cell } from '@/lib/query-event';
import type { Arrangement } from './arrangement';
import type { ColumnKind } from './column-type';
import { GridRow, type LinkOf, type MarkOf } from './grid-row';
import { type Bounds, hasRow, type Selection } from './grid-selection';
import { isPicked } from './picked-rows';
import type { CutIndex } from './row-buffer';
import type { Viewport } from './use-viewport';

export type GridBodyProps = {
  gridId: string;
  rows: readonly Cell[][];
  cuts: CutIndex;
  kinds: readonly ColumnKind[];
  viewport: Viewport;
  arrangement: Arrangement;
  gutter: number;
  firstRowNumber: number;
  selection: Selection | null;
  bounds: Bounds | null;
  linkOf: LinkOf | undefined;
  markOf: MarkOf | undefined;
};

/** The rows near the viewport. */
export function GridBody(props: GridBodyProps) {
  const { rows, cuts, viewport, arrangement, firstRowNumber, selection, bounds, ...same } = props;
  return viewport.rows.map((item) => {
    const isSelected = bounds && hasRow(bounds, item.index);
    return (
      <GridRow
        key={item.key}
        {...same}
        cells={rows[item.index] ?? []}
        cuts={cuts.get(item.index)}
        index={item.index}
        number={firstRowNumber + item.index}
        top={item.start}
        width={viewport.width}
        columns={viewport.columns}
        places={arrangement.places}
        pinned={viewport.pinned}
        left={isSelected ? bounds.left : -1}
        right={isSelected ? bounds.right : -1}
        isPicked={isPicked(bounds?.picked ?? [], item.index)}
        active={selection?.active.row === item.index ? selection.active.column : -1}
      />
    );
  });
}
