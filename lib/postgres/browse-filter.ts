import { AppError } from '../errors';
import { type FilterText, readFilterText } from '../sql/filter-group';
import { quoteIdentifier } from '../sql/literal';
import { castOf, decodePart, findColumn } from './browse-order';
import { operator, type Params } from './browse-params';
import type { RowSource, SourceColumn } from './catalog/row-source';

/** The operators of `filter=column.operator.value`. */
const filterOperators = [
  'eq',
  'neq',
  'lt',
  'lte',
  'gt',
  'gte',
  'like',
  'ilike',
  'in',
  'is',
  'contains',
] as const;

type FilterOperator = (typeof filterOperators)[number];
type Filter = { column: SourceColumn; operator: FilterOperator; value: string };

const comparisons = { eq: '=', neq: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const states = {
  null: 'is null',
  not_null: 'is not null',
  true: 'is true',
  false: 'is false',
} as const;

const mostListed = 1_000;
const mostConditions = 500;

/**
 * The conditions of the filters over `t`, all of which hold; groups among them say what holds together. Values are bound.
 * Throws AppError `invalid`; nothing is sent then.
 */
export function filterConditions(source: RowSource, filters: string[], params: Params): string[] {
  const texts = filters.map(readGroups);
  const count = texts.reduce((sum, text) => sum + countConditions(text), 0);
  if (count > mostConditions) {
    throw new AppError(
      'invalid',
      `The filter has ${count} conditions; Howdah takes at most ${mostConditions}.`,
    );
  }
  return texts.map((text) => conditionsOf(text, source, params));
}

function readGroups(text: string): FilterText {
  const read = readFilterText(text);
  if (read !== null) return read;
  throw new AppError('invalid', `"${text}" is not a group of conditions.`, {
    hint: 'Write filter=or.(kind.eq.a,and.(score.gt.5,kind.eq.b)). In a group each condition is percent-encoded once more.',
  });
}

function countConditions(text: FilterText): number {
  if (typeof text === 'string') return 1;
  return text.members.reduce((sum, member) => sum + countConditions(member), 0);
}

function conditionsOf(text: FilterText, source: RowSource, params: Params): string {
  if (typeof text === 'string') return condition(parseFilter(text, source), params);
  return `(${text.members.map((member) => conditionsOf(member, source, params)).join(` ${text.join} `)})`;
}

/** Reads `user_id.eq.42`: the name is percent-encoded, the value is all the rest. */
function parseFilter(text: string, source: RowSource): Filter {
  const [, name, word, value] = /^([^.]*)\.([^.]*)\.(.*)$/s.exec(text) ?? [];
  if (name === undefined || word === undefined || value === undefined) {
    throw new AppError('invalid', `"${text}" is not a filter.`, {
      hint: 'Write column.operator.value, for example filter=user_id.eq.42, or a group: filter=or.(a.eq.1,b.eq.2)',
    });
  }
  const known = filterOperators.find((candidate) => candidate === word);
  if (known === undefined) {
    throw new AppError('invalid', `"${word}" is not an operator of a filter.`, {
      hint: `The operators are: ${filterOperators.join(', ')}.`,
    });
  }
  return { column: findColumn(source, decodePart(name)), operator: known, value };
}

function condition({ column, operator: word, value }: Filter, params: Params): string {
  const sql = `t.${quoteIdentifier(column.name)}`;
  const cast = castOf(column);
  switch (word) {
    case 'eq':
    case 'neq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return `${sql} ${operator(comparisons[word], column.is_system)} ${params.bind(value, cast)}`;
    case 'like':
      return `${sql}::pg_catalog.text operator(pg_catalog.~~) ${params.bind(value, 'pg_catalog.text')}`;
    case 'ilike':
      return `${sql}::pg_catalog.text operator(pg_catalog.~~*) ${params.bind(value, 'pg_catalog.text')}`;
    case 'in': {
      const list = listOf(value).map((item) => params.bind(item, cast));
      return `${sql} ${operator('=', column.is_system)} any (array[${list.join(', ')}])`;
    }
    case 'is':
      return `${sql} ${stateOf(value)}`;
    case 'contains':
      if (column.is_container) return `${sql} operator(pg_catalog.@>) ${params.bind(value, cast)}`;
      return `${sql}::pg_catalog.text operator(pg_catalog.~~*) ${params.bind(anywhere(value), 'pg_catalog.text')}`;
    default:
      return word satisfies never;
  }
}

/** Reads `1,2,3`, each percent-encoded. */
function listOf(value: string): string[] {
  const items = value.split(',').map(decodePart);
  if (items.length <= mostListed) return items;
  throw new AppError(
    'invalid',
    `The filter lists ${items.length} values; Howdah takes at most ${mostListed}.`,
  );
}

function stateOf(value: string): string {
  const found = Object.entries(states).find(([word]) => word === value);
  if (found !== undefined) return found[1];
  throw new AppError('invalid', `"${value}" does not follow "is".`, {
    hint: `What follows is one of: ${Object.keys(states).join(', ')}.`,
  });
}

function anywhere(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
