import { AppError } from '../errors';
import type { CsvShape } from '../import-types';
import { quoteIdentifier, quoteLiteral } from '../sql/literal';
import { castOf } from './browse-order';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource } from './catalog/row-source';
import { columnOf } from './edit-row';

/** An import as statements: what comes from outside is text in a table of the session, and typed on its way on. */
export type ImportPlan = {
  stage: string;
  copy: string;
  insert: string;
  /** The same for some of the staged rows, first and last by number from 1. */
  insertRange(first: number, last: number): string;
};

const staging = 'pg_temp.howdah_import';

/** The statements of an import. Throws AppError `invalid` for a shape that does not fit the relation. */
export function planImport(source: RowSource, shape: CsvShape): ImportPlan {
  checkShape(source, shape);
  const files = shape.columns.map((_, index) => `c${index + 1}`);
  const pairs = shape.columns.flatMap((name, index) => {
    if (name === null) return [];
    const column = columnOf(source, name);
    return [{ name: quoteIdentifier(column.name), value: `i.${files[index]}::${castOf(column)}` }];
  });
  const options = [
    'format csv',
    `delimiter ${quoteLiteral(shape.delimiter)}`,
    `quote ${quoteLiteral(shape.quote)}`,
    `encoding ${quoteLiteral(shape.encoding)}`,
    `header ${shape.has_header}`,
  ];
  const insert = `insert into ${qualifiedName(source.schema, source.name)} (${pairs.map(({ name }) => name).join(', ')})
select ${pairs.map(({ value }) => value).join(', ')} from ${staging} i`;
  return {
    stage: `create temporary table howdah_import (howdah_row pg_catalog.int8 generated always as identity, ${files
      .map((file) => `${file} pg_catalog.text`)
      .join(', ')}) on commit drop`,
    copy: `copy ${staging} (${files.join(', ')}) from stdin with (${options.join(', ')})`,
    insert: `${insert} order by i.howdah_row`,
    insertRange: (first, last) =>
      `${insert} where i.howdah_row between ${first} and ${last} order by i.howdah_row`,
  };
}

function checkShape({ kind, schema, name }: RowSource, { columns, delimiter, quote }: CsvShape): void {
  if (!['table', 'partitioned_table'].includes(kind)) {
    throw new AppError('invalid', `Rows are brought into tables; ${schema}.${name} is none.`);
  }
  const named = columns.filter((column) => column !== null);
  if (named.length === 0)
    throw new AppError('invalid', 'No column of the file is mapped to one of the table.');
  const twice = named.find((column, index) => named.indexOf(column) < index);
  if (twice !== undefined) throw new AppError('invalid', `The column "${twice}" is mapped twice.`);
  if (delimiter === quote)
    throw new AppError('invalid', 'The delimiter and the quote are the same character.');
}
