import { AppError } from '../errors';
import { type CsvShape, isWide } from '../import-types';
import { quoteIdentifier, quoteLiteral } from '../sql/literal';
import { castOf } from './browse-order';
import { qualifiedName } from './catalog/relation-ddl';
import type { RowSource } from './catalog/row-source';
import { columnOf } from './edit-row';

/** An import as statements. */
export type ImportPlan = {
  shape: CsvShape;
  /** The relation: its oid, and its name as COPY says where it has stopped. */
  oid: string;
  name: string;
  /** Rows straight into the relation; null where they must go by way of a table of the session. */
  copy: string | null;
  staged: StagedPlan;
};

/** What comes from outside is text in a table of the session, and typed on its way on, in one statement. */
export type StagedPlan = {
  create: string;
  copy: string;
  /** Has the next row that is copied numbered so: numbers that were taken for rows which are not in are not given back. */
  numberFrom(row: number): string;
  /** For the search of bad rows. */
  index: string;
  insert: string;
  /** The same for some of the staged rows, first and last by number from 1. */
  insertRange(first: number, last: number): string;
  /** What one staged row has for each column that is brought in, as text; and trials whether its type, and its length, take it. */
  columns: { name: string; text: string; trials: string[] }[];
  /** One staged row, by number, as the text of such an expression. */
  readOne(expression: string, row: number): string;
};

const staging = 'pg_temp.howdah_import';

/**
 * The statements of an import. A relation `isPlain` when it makes no difference to it whether rows come by INSERT or by COPY,
 * all at once or in parts. Throws AppError `invalid` for a shape that does not fit the relation.
 */
export function planImport(source: RowSource, shape: CsvShape, isPlain: boolean): ImportPlan {
  checkShape(source, shape);
  const relation = qualifiedName(source.schema, source.name);
  const columns = shape.columns.flatMap((name, index) => {
    if (name === null) return [];
    const column = columnOf(source, name);
    const text = `i.c${index + 1}`;
    const typed = `${text}::${castOf(column)}`;
    return [{ name: column.name, text, typed, trials: [typed, asStored(relation, column.name, text)] }];
  });
  const into = `${relation} (${columns.map(({ name }) => quoteIdentifier(name)).join(', ')})`;
  const isWhole = columns.length === shape.columns.length;
  return {
    shape,
    oid: source.oid,
    name: source.name,
    copy: isPlain && isWhole ? `copy ${into} from stdin with (${optionsOf(shape)})` : null,
    staged: planStaged(shape, into, columns),
  };
}

/** A value as its column would hold it, by the type's own input, which knows of its length: a cast would cut it. */
function asStored(relation: string, name: string, text: string): string {
  const object = `pg_catalog.json_build_object(${quoteLiteral(name)}, ${text})`;
  return `(pg_catalog.json_populate_record(null::${relation}, ${object})).${quoteIdentifier(name)}`;
}

type StagedColumn = StagedPlan['columns'][number] & { typed: string };

function planStaged(shape: CsvShape, into: string, columns: StagedColumn[]): StagedPlan {
  const files = shape.columns.map((_, index) => `c${index + 1}`);
  const insert = `insert into ${into}
select ${columns.map(({ typed }) => typed).join(', ')} from ${staging} i`;
  const fields = files.map((file) => `${file} pg_catalog.text`).join(', ');
  return {
    create: `create temporary table howdah_import (howdah_row pg_catalog.int8 generated always as identity, ${fields}) on commit drop`,
    copy: `copy ${staging} (${files.join(', ')}) from stdin with (${optionsOf(shape)})`,
    numberFrom: (row) => `alter table ${staging} alter column howdah_row restart with ${row}`,
    index: `create index on ${staging} (howdah_row)`,
    insert: `${insert} order by i.howdah_row`,
    insertRange: (first, last) =>
      `${insert} where i.howdah_row between ${first} and ${last} order by i.howdah_row`,
    columns,
    readOne: (expression, row) =>
      `select (${expression})::pg_catalog.text as value from ${staging} i where i.howdah_row = ${row}`,
  };
}

/** The header has gone before PostgreSQL sees the file. */
function optionsOf({ delimiter, quote, encoding }: CsvShape): string {
  return [
    'format csv',
    `delimiter ${quoteLiteral(delimiter)}`,
    `quote ${quoteLiteral(quote)}`,
    `encoding ${quoteLiteral(isWide(encoding) ? 'UTF8' : encoding)}`,
  ].join(', ');
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
