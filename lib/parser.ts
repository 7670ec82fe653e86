import 'server-only';
import makeParser, { type ParserModule } from 'libpg-query/wasm/libpg-query.js';
import { AppError } from './errors';
import { singleton } from './singleton';

/** A node of PostgreSQL's raw parse tree: its fields, by their names in parsenodes.h. */
export type ParseNode = { [field: string]: unknown };

/** The statements of a text, or what PostgreSQL's grammar (that of version 18) says against it. */
export type Parsed =
  | { statements: ParseNode[] }
  /** `position` counts characters from 1; null where PostgreSQL's own parser might know better. */
  | { problem: string; position: number | null };

/** What is nested so deeply overflows the stack of the parser, which cannot be used again after that. */
const tooDeep: Parsed = { problem: 'the statement is nested too deeply', position: null };

/**
 * Two instances: an overflow leaves one with a shorter stack each time, until it can parse nothing at all. It is
 * dropped after the first, and the other takes its place while a new one is loaded.
 */
type Parsers = { ready: ParserModule[]; load(): Promise<void> };

function parsers(): Parsers {
  return singleton('parser', () => {
    const ready: ParserModule[] = [];
    return { ready, load: async () => void ready.push(await makeParser()) };
  });
}

if (parsers().ready.length === 0) {
  await Promise.all([parsers().load(), parsers().load()]).catch((error) =>
    console.error('howdah: the SQL parser could not be loaded', error),
  );
}

/**
 * Parses a text by PostgreSQL's own grammar. Throws AppError `unreachable` while there is no parser: what needs its
 * answer must then be refused.
 */
export function parseSql(text: string): Parsed {
  const [parser] = parsers().ready;
  if (parser === undefined) {
    throw new AppError('unreachable', 'The SQL parser is not there, so that nothing can be checked.', {
      hint: 'Try again in a second. If it stays so, the log of the server has the cause.',
    });
  }
  try {
    return parseWith(parser, text);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error;
    parsers().ready.splice(parsers().ready.indexOf(parser), 1);
    parsers()
      .load()
      .catch((cause) => console.error('howdah: the SQL parser could not be loaded again', cause));
    return tooDeep;
  }
}

function parseWith(parser: ParserModule, text: string): Parsed {
  const bytes = parser.lengthBytesUTF8(text) + 1;
  const pointer = parser._malloc(bytes);
  parser.stringToUTF8(text, pointer, bytes);
  const result = parser._wasm_parse_query_raw(pointer);
  const answer = readResult(parser, result);
  parser._wasm_free_parse_result(result);
  parser._free(pointer);
  return answer;
}

/** The structs PgQueryParseResult { tree, stderr, error } and PgQueryError { message, function, file, line, cursor }. */
function readResult(parser: ParserModule, result: number): Parsed {
  const error = parser.getValue(result + 8, 'i32');
  if (error !== 0) {
    const problem = parser.UTF8ToString(parser.getValue(error, 'i32'));
    return { problem, position: Math.max(1, parser.getValue(error + 16, 'i32')) };
  }
  const { stmts = [] } = JSON.parse(parser.UTF8ToString(parser.getValue(result, 'i32'))) as {
    stmts?: { stmt?: ParseNode }[];
  };
  return { statements: stmts.map(({ stmt = {} }) => stmt) };
}

/**
 * Every node below `root` with its kind: `SelectStmt`, `FuncCall`, … What stands in a field of a fixed type, such as the
 * arms of a UNION, comes without a kind: ''.
 */
export function* nodesOf(root: unknown): Generator<{ kind: string; node: ParseNode }> {
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (Array.isArray(value)) for (const item of value) stack.push(item);
    if (!isNode(value)) continue;
    for (const [name, field] of Object.entries(value)) {
      if (isNode(field)) yield { kind: /^[A-Z]/.test(name) ? name : '', node: field };
      stack.push(field);
    }
  }
}

/** Whether a field of a node is a node itself. */
export function isNode(value: unknown): value is ParseNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
