import type { Arrangement } from '@/components/data-grid/arrangement';
import type { ArrangedColumn, ColumnLayout } from '@/lib/api-types';

/**
 * The columns that there are as a layout has them. What it names and is not there any more is left out; what it does not
 * name has come since and follows.
 */
export function layOut(names: readonly string[], layout: ColumnLayout): ArrangedColumn[] {
  const known = new Set(layout.map(({ name }) => name));
  const there = new Set(names);
  const kept = layout.filter(({ name }) => there.has(name));
  return [...kept, ...names.filter((name) => !known.has(name)).map((name) => ({ name }))];
}

/** A layout as a grid takes it: what is pinned comes first. Where all is hidden nothing is. */
export function arrange(names: readonly string[], layout: ColumnLayout): Arrangement {
  const columns = layOut(names, layout);
  const visible = columns.filter(isShown);
  const shown = visible.length === 0 ? columns : visible;
  const pinned = shown.filter(isPinned);
  const index = new Map(names.map((name, place) => [name, place]));
  const places = [...pinned, ...shown.filter((column) => !isPinned(column))].flatMap(
    ({ name }) => index.get(name) ?? [],
  );
  const widths = columns.flatMap(({ name, width }) =>
    width === undefined ? [] : [[index.get(name) ?? -1, width] as const],
  );
  return { places, pinned: pinned.length, widths: new Map(widths) };
}

/** The layout with something else of one column. */
export function changeColumn(columns: ColumnLayout, name: string, change: Omit<ArrangedColumn, 'name'>) {
  return columns.map((column) => (column.name === name ? { ...column, ...change } : column));
}

/**
 * The layout with a column moved so many places among those that it stands with: what is pinned stays with what is
 * pinned, and what is hidden is passed over.
 */
export function moveColumn(columns: ColumnLayout, name: string, steps: number): ColumnLayout {
  const column = columns.find((each) => each.name === name);
  return column === undefined
    ? columns
    : putAt(columns, column, peersOf(columns, column).indexOf(column) + steps);
}

/** The layout with a column at a place of its arrangement, as near as it can stand with what is pinned like it. */
export function placeColumn(columns: ColumnLayout, name: string, place: number): ColumnLayout {
  const column = columns.find((each) => each.name === name);
  if (column === undefined) return columns;
  const before = isPinned(column) ? 0 : columns.filter((each) => isShown(each) && isPinned(each)).length;
  const last = peersOf(columns, column).length - 1;
  return putAt(columns, column, Math.min(last, Math.max(0, place - before)));
}

/** The columns that are shown beside one: all that are pinned, or all that are not. */
function peersOf(columns: ColumnLayout, column: ArrangedColumn): ArrangedColumn[] {
  return columns.filter((each) => isShown(each) && isPinned(each) === isPinned(column));
}

function putAt(columns: ColumnLayout, column: ArrangedColumn, place: number): ColumnLayout {
  const peers = peersOf(columns, column);
  const from = peers.indexOf(column);
  const neighbour = peers[place];
  if (neighbour === undefined || place === from || !isShown(column)) return columns;
  const others = columns.filter((each) => each !== column);
  const at = others.indexOf(neighbour) + (place > from ? 1 : 0);
  return [...others.slice(0, at), column, ...others.slice(at)];
}

/** What is worth keeping of a layout: nothing where all columns are as they come. */
export function worthKeeping(names: readonly string[], columns: ColumnLayout): ColumnLayout {
  const isPlain = columns.every(
    (column, index) =>
      column.name === names[index] && isShown(column) && !isPinned(column) && column.width === undefined,
  );
  return isPlain ? [] : columns;
}

export function isShown({ is_hidden: isHidden }: ArrangedColumn): boolean {
  return isHidden !== true;
}

export function isPinned({ is_pinned: isPinned }: ArrangedColumn): boolean {
  return isPinned === true;
}
