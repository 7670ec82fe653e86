import { type FilterText, type Join, readFilterText, writeFilterText } from '@/lib/sql/filter-group';
import { type Condition, conditionInWords, formatCondition, parseCondition } from './conditions';

/** One part of a filter: a condition, or conditions and groups of which all or any must hold. */
export type Filter = Condition | ConditionGroup;
export type ConditionGroup = { join: Join; members: readonly Filter[] };

/** Reads one `filter=` of a URL; null for what is neither a condition nor a group of them. */
export function parseFilter(text: string): Filter | null {
  const read = readFilterText(text);
  return read === null ? null : ofText(read);
}

/** The inverse of parseFilter. */
export function formatFilter(filter: Filter): string {
  return writeFilterText(toText(filter));
}

/** The filter with one part more; the same one twice says nothing new. */
export function addFilter(filters: readonly Filter[], filter: Filter): Filter[] {
  const text = formatFilter(filter);
  return [...filters.filter((other) => formatFilter(other) !== text), filter];
}

/** A part in words: `status = new or (a > 1 and b is NULL)`. */
export function filterInWords(filter: Filter): string {
  if (!isGroup(filter)) return conditionInWords(filter);
  const words = filter.members.map((member) => {
    const inside = filterInWords(member);
    return isGroup(member) && member.members.length > 1 ? `(${inside})` : inside;
  });
  return words.join(` ${filter.join} `);
}

/** All parts of a filter as one group, as it is edited. */
export function rootOf(filters: readonly Filter[]): ConditionGroup {
  const [first, ...more] = filters;
  return first !== undefined && more.length === 0 && isGroup(first)
    ? first
    : { join: 'and', members: filters };
}

/** The inverse of rootOf, without groups that say nothing: parts that must all hold are parts of their own. */
export function filtersOf({ join, members }: ConditionGroup): Filter[] {
  const kept = members.flatMap(simplify);
  return join === 'and' || kept.length < 2 ? kept : [{ join, members: kept }];
}

export function isGroup(filter: Filter): filter is ConditionGroup {
  return 'members' in filter;
}

/** A group of one is that one; a group of none is nothing. */
function simplify(filter: Filter): Filter[] {
  if (!isGroup(filter)) return [filter];
  const kept = filter.members.flatMap(simplify);
  return kept.length < 2 ? kept : [{ ...filter, members: kept }];
}

function ofText(text: FilterText): Filter | null {
  if (typeof text === 'string') return parseCondition(text);
  const members = text.members.map(ofText);
  return members.some((member) => member === null)
    ? null
    : { join: text.join, members: members.filter((member) => member !== null) };
}

function toText(filter: Filter): FilterText {
  if (!isGroup(filter)) return formatCondition(filter);
  return { join: filter.join, members: filter.members.map(toText) };
}
