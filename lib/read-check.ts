import { AppError } from './errors';
import { isNode, nodesOf, type ParseNode, parseSql } from './parser';
import { functionRefusal } from './read-functions';

/** Why a statement is not for the read level, and what to do instead. */
export type ReadRefusal = { message: string; hint: string };

/** What may stand at the top of a statement at the read level. */
const commands = new Set(['SelectStmt', 'ExplainStmt', 'VariableShowStmt']);

/** What may stand below it. What is not here, as whatever a later PostgreSQL brings, is refused. */
const nodes = new Set([
  ...['SelectStmt', 'ResTarget', 'ColumnRef', 'A_Star', 'A_Const', 'A_Expr', 'BoolExpr', 'NullTest'],
  ...['BooleanTest', 'FuncCall', 'NamedArgExpr', 'TypeCast', 'TypeName', 'String', 'Integer', 'Float'],
  ...['Boolean', 'BitString', 'List', 'A_ArrayExpr', 'A_Indirection', 'A_Indices', 'SubLink', 'CaseExpr'],
  ...['CaseWhen', 'CoalesceExpr', 'MinMaxExpr', 'SQLValueFunction', 'XmlExpr', 'XmlSerialize', 'ParamRef'],
  ...['CollateClause', 'RowExpr', 'GroupingFunc', 'GroupingSet', 'SortBy', 'WindowDef', 'WithClause'],
  ...['CommonTableExpr', 'CTESearchClause', 'CTECycleClause', 'RangeVar', 'RangeSubselect', 'ColumnDef'],
  ...['RangeFunction', 'RangeTableSample', 'RangeTableFunc', 'RangeTableFuncCol', 'JoinExpr', 'Alias'],
  ...['JsonFormat', 'JsonReturning', 'JsonOutput', 'JsonValueExpr', 'JsonKeyValue', 'JsonObjectConstructor'],
  ...['JsonArrayConstructor', 'JsonArrayQueryConstructor', 'JsonAggConstructor', 'JsonObjectAgg'],
  ...['JsonArrayAgg', 'JsonIsPredicate', 'JsonParseExpr', 'JsonScalarExpr', 'JsonSerializeExpr'],
  ...['JsonFuncExpr', 'JsonArgument', 'JsonBehavior', 'JsonTable', 'JsonTableColumn', 'JsonTablePathSpec'],
]);

const changes: Record<string, string> = {
  InsertStmt: 'INSERT',
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
};

const chooseWrite = 'Choose the write level if you may change data here.';

/**
 * Why a statement is not for the read level; null when it is. It must be one SELECT, VALUES, TABLE, EXPLAIN of such, or
 * SHOW, without INTO, row locks, a change of data anywhere, or a function that acts. What the grammar does not know comes
 * back as the AppError that PostgreSQL would answer. This is depth and a good message: what holds is the role and its
 * transaction. Throws AppError `unreachable` without a parser.
 */
export function checkRead(text: string): ReadRefusal | AppError | null {
  const parsed = parseSql(text);
  if ('problem' in parsed) return grammarRefusal(parsed.problem, parsed.position);
  const [statement, ...more] = parsed.statements;
  if (statement === undefined || more.length > 0) {
    return {
      message: 'At the read level each statement is sent alone, and PostgreSQL reads this one as several.',
      hint: 'Separate them by semicolons outside of quotes and comments.',
    };
  }
  const [command = ''] = Object.keys(statement);
  if (!commands.has(command)) return commandRefusal(command);
  for (const found of nodesOf(statement)) {
    const refusal = nodeRefusal(found, command);
    if (refusal !== null) return refusal;
  }
  return null;
}

function grammarRefusal(problem: string, position: number | null): ReadRefusal | AppError {
  if (position === null) {
    return { message: `This cannot be checked: ${problem}.`, hint: 'Write it as several statements.' };
  }
  return new AppError('query_failed', problem, {
    hint: 'Check the text just before the place that is marked. What PostgreSQL 18 cannot parse is not sent at the read level.',
    sqlstate: '42601',
    position,
  });
}

function commandRefusal(command: string): ReadRefusal {
  const change = changes[command];
  if (change !== undefined) {
    return { message: `${change} changes data, and this run is at the read level.`, hint: chooseWrite };
  }
  return {
    message: `The read level takes SELECT, VALUES, TABLE, EXPLAIN of these, and SHOW; this is ${inWords(command)}.`,
    hint: hintOnCommand[command] ?? `${chooseWrite} DDL and maintenance run at the owner level.`,
  };
}

const hintOnCommand: Record<string, string> = {
  VariableSetStmt: 'Each run has a session of its own, so that a setting would not outlive it. Leave it out.',
  PrepareStmt: 'Send the query itself; its parameters go beside it.',
  ExecuteStmt: 'Send the query itself; its parameters go beside it.',
  DeclareCursorStmt: 'Send the query itself: its rows come as they are read.',
  FetchStmt: 'Send the query itself: its rows come as they are read.',
  CopyStmt: 'Run the query itself.',
};

/** `AlterSystemStmt` → `ALTER SYSTEM`. */
function inWords(command: string): string {
  return command
    .replace(/Stmt$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}

const intoRefusal: ReadRefusal = {
  message: 'SELECT INTO makes a table, and this run is at the read level.',
  hint: 'Leave INTO out, or run CREATE TABLE … AS at the owner level.',
};

function nodeRefusal({ kind, node }: { kind: string; node: ParseNode }, command: string): ReadRefusal | null {
  if (kind === 'FuncCall') return functionRefusal(nameOf(node));
  if ('intoClause' in node) return intoRefusal;
  if (kind === '' || kind === command || nodes.has(kind) || (kind === 'DefElem' && command === 'ExplainStmt'))
    return null;
  const change = changes[kind];
  if (change !== undefined) {
    return {
      message: `The statement holds ${/^[IU]/.test(change) ? 'an' : 'a'} ${change}, which changes data, and this run is at the read level.`,
      hint: chooseWrite,
    };
  }
  if (kind === 'LockingClause') {
    return {
      message: 'FOR UPDATE and FOR SHARE lock rows, which a reader may not do.',
      hint: 'Leave the clause out.',
    };
  }
  return {
    message: `The read level does not take this part of the statement: ${inWords(kind)}.`,
    hint: 'Write it as a plain SELECT, or choose the write level if you may.',
  };
}

/** A function's name without its schema: where it stands does not make it harmless. */
function nameOf(call: ParseNode): string {
  const parts = Array.isArray(call.funcname) ? call.funcname : [];
  const last: unknown = parts.at(-1);
  const text = isNode(last) && isNode(last.String) ? last.String.sval : undefined;
  return typeof text === 'string' ? text : '';
}
