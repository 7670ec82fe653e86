import type { Cell } from '../query-event';
import { quoteLiteral } from '../sql/literal';
import { checkStorable } from '../storable';
import type { Params } from './browse-params';
import type { SourceColumn } from './catalog/row-source';

/** pg_type.oid of int8, int2 and int4: their constants need no quotes. */
const integers = [20, 21, 23];

/**
 * A column's value as a constant, which PostgreSQL reads by the column's type: the text goes through as it is. Throws
 * AppError `invalid` for text that it can't hold.
 */
export function constantOf({ name, type_oid }: SourceColumn, value: Cell): string {
  if (value === null) return 'null';
  checkStorable(value, `The value of ${name}`);
  return integers.includes(type_oid) && /^(?:0|-?[1-9]\d{0,17})$/.test(value) ? value : quoteLiteral(value);
}

/** Values written into the statement, so that what is shown is what runs. */
export const inlined: Params = { values: [], bind: (value, cast) => `${quoteLiteral(value)}::${cast}` };
