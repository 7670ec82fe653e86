import 'server-only';
import type { ExportFormat } from '../api-types';
import type { Cell, Field } from '../query-event';
import { quoteIdentifier, quoteLiteral } from '../sql/literal';
import type { CopyFormat } from './copy';
import { passCopy, type RowWriter, rewriteCopy } from './copy-encoders';
import { copyAsJson, type JsonForm, type JsonFrame } from './copy-json';
import type { Batch, Encoder } from './rows';

/** A file of rows: what PostgreSQL is asked for, what is made of that, and what stands around it. */
export type ExportFile = { copy: CopyFormat; begin: string; end: string; encoder(): Encoder<Batch> };

/** Where the rows of INSERT statements go: a table's name as SQL. */
export type InsertTarget = { table: string; isOverriding: boolean };

type Wanted = { format: ExportFormat; escapeFormulas: boolean; insertInto: InsertTarget };

/** CSV is handed on as PostgreSQL writes it, and needs no look at the columns. */
export function isPassedOn({ format, escapeFormulas }: Pick<Wanted, 'format' | 'escapeFormulas'>): boolean {
  return format === 'csv' && !escapeFormulas;
}

/** The file of a format for rows of these columns; those of a file that is passed on need not be known. */
export function fileOf(wanted: Wanted, fields: Field[]): ExportFile {
  if (isPassedOn(wanted)) return { copy: 'csv', begin: '', end: '', encoder: () => passCopy(1) };
  const file = (write: RowWriter, begin = '', end = ''): ExportFile => ({
    copy: 'text',
    begin,
    end,
    encoder: () => rewriteCopy(fields.length, write),
  });
  switch (wanted.format) {
    case 'csv':
      return file(safeCsvRow(fields), `${fields.map(({ name }) => csvCell(name)).join(',')}\n`);
    case 'json':
      return jsonFile(fields, { first: '\n', between: ',\n', after: '' }, { begin: '[', end: '\n]\n' });
    case 'ndjson':
      return jsonFile(fields, { first: '', between: '', after: '\n' }, { begin: '', end: '' });
    case 'sql':
      return file(insertRow(fields, wanted.insertInto));
    default:
      return wanted.format satisfies never;
  }
}

/** pg_type.oid of the types whose text has a form of its own in JSON and SQL. */
const numberOids = new Set([20, 21, 23, 26, 700, 701, 1700]);
const boolOid = 16;
const jsonOids = new Set([114, 3802]);

/** What a number is in JSON and in SQL alike: so written, no digit is lost. NaN and Infinity are not. */
const plainNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * CSV as PostgreSQL writes it, but for cells that a spreadsheet would take for a formula: these begin with '. Numbers
 * stay as they are.
 */
function safeCsvRow(fields: Field[]): RowWriter {
  return (cells) => {
    const texts = cells.map((cell, column) => {
      if (cell === null) return '';
      const isFormula = /^[=+\-@\t\r]/.test(cell) && !numberOids.has(fields[column]?.type_oid ?? 0);
      return csvCell(isFormula ? `'${cell}` : cell);
    });
    return `${texts.join(',')}\n`;
  };
}

function csvCell(text: string): string {
  return text === '' || text === '\\.' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A row as a JSON object on one line. A name that comes again gets a number, since an object has each name once. */
function jsonFile(fields: Field[], frame: JsonFrame, around: { begin: string; end: string }): ExportFile {
  const formOf = (column: number) => jsonForm(fields[column]?.type_oid ?? 0);
  return { copy: 'text', ...around, encoder: () => copyAsJson(uniqueNames(fields), formOf, frame) };
}

/** Numbers with PostgreSQL's own digits, json and jsonb as they are, all else as PostgreSQL's text. */
function jsonForm(oid: number): JsonForm {
  if (numberOids.has(oid)) return 'number';
  if (oid === boolOid) return 'boolean';
  return jsonOids.has(oid) ? 'json' : 'text';
}

function uniqueNames(fields: Field[]): string[] {
  const taken = new Set(fields.map(({ name }) => name));
  const given = new Set<string>();
  return fields.map(({ name }) => {
    let unique = name;
    for (let number = 2; given.has(unique); number++) {
      const next = `${name}_${number}`;
      if (!taken.has(next)) unique = next;
    }
    given.add(unique);
    return unique;
  });
}

/** One INSERT a row, right under any standard_conforming_strings. */
function insertRow(fields: Field[], { table, isOverriding }: InsertTarget): RowWriter {
  const columns = fields.map(({ name }) => quoteIdentifier(name)).join(', ');
  const overriding = isOverriding ? ' overriding system value' : '';
  if (fields.length === 0) return () => `insert into ${table} default values;\n`;
  return (cells) => {
    const values = cells.map((cell, column) => sqlValue(cell, fields[column]));
    return `insert into ${table} (${columns})${overriding} values (${values.join(', ')});\n`;
  };
}

function sqlValue(cell: Cell, field: Field | undefined): string {
  if (cell === null) return 'null';
  const oid = field?.type_oid ?? 0;
  if (oid === boolOid) return cell === 't' ? 'true' : 'false';
  return numberOids.has(oid) && plainNumber.test(cell) ? cell : quoteLiteral(cell);
}
