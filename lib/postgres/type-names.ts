import 'server-only';
import { singleton } from '../singleton';
import { type Target, withControlConnection } from './target';

/** First oid that a database gives to objects of its users; below it, types are the same everywhere. */
const firstUserOid = 16_384;

/**
 * Names of types by oid. PostgreSQL's own are asked for once a process, those of a database once and again when
 * an unknown one turns up. A type that can't be looked up is named by its number.
 */
export async function namesOfTypes(target: Target, oids: number[]): Promise<(oid: number) => string> {
  const builtIn = singleton('postgres.type-names', () => new Map<string, Map<number, string>>());
  const key = `${target.server.id}/${target.database}`;
  const known = builtIn.get(key) ?? new Map<number, string>();
  builtIn.set(key, known);
  const shared = builtIn.get('') ?? new Map<number, string>();
  builtIn.set('', shared);
  const name = (oid: number) => (oid < firstUserOid ? shared : known).get(oid);
  const unknown = oids.filter((oid) => name(oid) === undefined);
  if (unknown.length > 0) {
    const found = await lookUp(target, unknown).catch(() => []);
    for (const { oid, typname } of found) (oid < firstUserOid ? shared : known).set(oid, typname);
  }
  return (oid) => name(oid) ?? `oid ${oid}`;
}

async function lookUp(target: Target, oids: number[]): Promise<{ oid: number; typname: string }[]> {
  return withControlConnection(target, async (client) => {
    const { rows } = await client.query<{ oid: string; typname: string }>(
      `select oid, typname from pg_catalog.pg_type where oid < ${firstUserOid} or oid = any ($1::pg_catalog.oid[])`,
      [oids],
    );
    return rows.map((row) => ({ oid: Number(row.oid), typname: row.typname }));
  });
}
