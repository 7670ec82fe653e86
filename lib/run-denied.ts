import 'server-only';
import { AppError } from './errors';
import { nameColumns } from './name-columns';
import { nodesOf, parseSql } from './parser';
import { listReadableColumns } from './postgres/catalog/readable';
import { type Target, withConnection } from './postgres/target';
import { syncServer } from './run-wall';
import { quoteIdentifier } from './sql/literal';
import { claimSyncOf } from './store/walls';

/** After a denial the grants are synchronised, but no sooner after the last time than this, in seconds. */
const syncPauseSeconds = 5;

/** How many columns are named in a hint. */
const mostColumns = 60;

/**
 * The error of a statement that PostgreSQL denied (42501), with what it means here: which columns of its relations are
 * masked and how to ask for the others, or that a new relation has been granted just now. Grants are synchronised first.
 * To be called when the statement's session is closed, whose locks would hold up the grants. Never throws: what can't be
 * found out is not said.
 */
export async function adviseOnDenied(target: Target, statement: string, error: AppError): Promise<AppError> {
  if (target.level === 'owner') return error;
  try {
    const { id } = target.server;
    const names = relationsOf(statement);
    const look = () => withConnection(target, (client) => listReadableColumns(client, names));
    const before = await look();
    if (await claimSyncOf(id, syncPauseSeconds)) await syncServer(id);
    const after = await look();
    const advice = after.flatMap((relation, index) => {
      const known = before[index]?.readable.length ?? 0;
      return adviceOn(relation, known < relation.readable.length);
    });
    if (advice.length === 0) return error;
    const { code, message, sqlstate, position } = error;
    const suggestion = after.length === 1 && after[0] ? suggestionOn(after[0], statement) : undefined;
    return new AppError(code, message, {
      ...{ hint: advice.join(' '), sqlstate, position, suggestion },
      cause: error,
    });
  } catch {
    return error;
  }
}

type Relation = Awaited<ReturnType<typeof listReadableColumns>>[number];

/** What to run in the place of a statement that takes all columns of a relation, some of which are masked. */
function suggestionOn({ name, readable, closed }: Relation, statement: string): string | undefined {
  if (readable.length === 0 || closed.length === 0) return undefined;
  return (
    nameColumns(statement, readable) ?? `select ${readable.map(quoteIdentifier).join(', ')} from ${name}`
  );
}

function adviceOn({ name, readable, closed }: Relation, isNew: boolean): string[] {
  if (isNew) return [`${name} was granted to this level just now: run it again.`];
  if (closed.length === 0) return [];
  if (readable.length === 0) {
    return [
      `${name} is not open to this level: its schema was not chosen, or it shows masked columns in another form. An admin sees which on the server's page.`,
    ];
  }
  const masked =
    closed.length === 1
      ? `The column ${closed[0]} of ${name} is`
      : `The columns ${closed.join(', ')} of ${name} are`;
  const offered = readable.slice(0, mostColumns).map(quoteIdentifier).join(', ');
  const more = readable.length > mostColumns ? ', …' : '';
  return [`${masked} masked, and * takes all. Name the others: select ${offered}${more} from ${name}`];
}

/** The relations that a statement names, wherever, by schema (null where none is given) and name. */
function relationsOf(statement: string): { schema: string | null; name: string }[] {
  const parsed = parseSql(statement);
  if (!('statements' in parsed)) return [];
  const found = [...nodesOf(parsed.statements)].flatMap(({ node }) => {
    if (typeof node.relname !== 'string' || !('relpersistence' in node)) return [];
    return [{ schema: typeof node.schemaname === 'string' ? node.schemaname : null, name: node.relname }];
  });
  return found.filter(
    (each, index) =>
      found.findIndex(({ schema, name }) => schema === each.schema && name === each.name) === index,
  );
}
