import type { OrderTerm } from './browse-order';
import { operator } from './browse-params';

/** Where a page begins: for each term the value of the row before it, as SQL; null for NULL. */
export type Position = (string | null)[];

/**
 * The conditions of the rows after a position, as ranges that follow each other: an index answers each of them by
 * itself, where one condition with OR would be read as a filter over everything. NULLs follow all values in
 * ascending order and go before them in descending order.
 */
export function seekRanges(terms: OrderTerm[], position: Position, alias: string): string[][] {
  const places = terms.map((term, index) => ({
    ...term,
    at: `${alias}.${term.sql}`,
    value: position[index] ?? null,
  }));
  return isRow(places) ? rowRanges(places) : termRanges(places);
}

type Place = OrderTerm & { at: string; value: string | null };

/**
 * Whether one comparison of rows finds what follows: all terms go one way, and no NULL, which it leaves out, would
 * stand between the rows that it finds.
 */
function isRow(places: Place[]): boolean {
  return places.every(
    ({ direction, value, isNotNull }, index) =>
      direction === places[0]?.direction &&
      value !== null &&
      (index === 0 || isNotNull || direction === 'desc'),
  );
}

function rowRanges(places: Place[]): string[][] {
  const [first] = places;
  const sign = operator(
    first?.direction === 'asc' ? '>' : '<',
    places.every(({ isSystem }) => isSystem),
  );
  const left = places.map(({ at }) => at).join(', ');
  const right = places.map(({ value }) => value).join(', ');
  const beyond = places.length === 1 ? `${left} ${sign} ${right}` : `(${left}) ${sign} (${right})`;
  const endsInNulls = first?.direction === 'asc' && !first.isNotNull;
  return endsInNulls ? [[beyond], [`${first.at} is null`]] : [[beyond]];
}

/** A range, or two, a term, the last term's first: equal up to it, beyond in it. */
function termRanges(places: Place[]): string[][] {
  return places
    .map((place, index) => {
      const same = equals(places.slice(0, index));
      return beyondOne(place).map((condition) => [...same, condition]);
    })
    .reverse()
    .flat();
}

function beyondOne({ at, value, direction, isNotNull, isSystem }: Place): string[] {
  if (direction === 'desc') {
    return [value === null ? `${at} is not null` : `${at} ${operator('<', isSystem)} ${value}`];
  }
  if (value === null) return [];
  return [`${at} ${operator('>', isSystem)} ${value}`, ...(isNotNull ? [] : [`${at} is null`])];
}

function equals(places: Place[]): string[] {
  return places.map(({ at, value, isSystem }) =>
    value === null ? `${at} is null` : `${at} ${operator('=', isSystem)} ${value}`,
  );
}
