import 'server-only';
import { isNode, nodesOf, type ParseNode, parseSql } from '../parser';

/**
 * Whether a view hands on `names` of what it reads only as columns of the same name, so that they can be withheld one
 * by one. False where one is renamed, computed with, compared, joined on or read as part of a whole row, and wherever
 * that can't be told: such a view must be withheld as a whole. `definition` is pg_get_viewdef's.
 */
export function isPassedThrough(definition: string, names: ReadonlySet<string>): boolean {
  const parsed = parseSql(definition);
  const select = 'statements' in parsed ? parsed.statements[0]?.SelectStmt : undefined;
  if (!isNode(select) || select.op !== 'SETOP_NONE' || hasRenames(select, names)) return false;
  const plain = listItems(select.targetList).filter((target) => isPlain(target, names)).length;
  const uses = [...nodesOf(select)].filter(
    ({ kind, node }) => kind === 'ColumnRef' && names.has(lastName(node)),
  );
  return plain > 0 && plain === uses.length;
}

/** Whether a view reads a whole row at once, which holds every column and is none to pg_depend. */
export function hasWholeRow(definition: string): boolean {
  const parsed = parseSql(definition);
  return !('statements' in parsed) || [...nodesOf(parsed.statements)].some(({ kind }) => kind === 'A_Star');
}

/** `select …, t.name, …` without another name. */
function isPlain(item: unknown, names: ReadonlySet<string>): boolean {
  const target = isNode(item) ? item.ResTarget : undefined;
  if (!isNode(target) || !isNode(target.val) || !isNode(target.val.ColumnRef)) return false;
  const name = lastName(target.val.ColumnRef);
  return names.has(name) && (target.name === undefined || target.name === name);
}

/** Columns of a FROM item may get other names, and JOIN … USING compares without a reference. */
function hasRenames(select: ParseNode, names: ReadonlySet<string>): boolean {
  return [...nodesOf(select)].some(
    ({ node }) =>
      'colnames' in node ||
      'aliascolnames' in node ||
      listItems(node.usingClause).some((item) => names.has(textOf(item))),
  );
}

function lastName(reference: ParseNode): string {
  return textOf(listItems(reference.fields).at(-1));
}

function textOf(item: unknown): string {
  const text = isNode(item) && isNode(item.String) ? item.String.sval : undefined;
  return typeof text === 'string' ? text : '';
}

function listItems(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
