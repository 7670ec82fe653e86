import 'server-only';
import { singleton } from '../singleton';
import { type Target, withControlConnection } from './target';

/** First oid that a database gives to objects of its users; below it, types are the same everywhere. */
const firstUserOid = 16_384;

/** The name of a type by its oid. */
export type TypeNames = (oid: number) => string;

/**
 * Names of types by oid, at once when all are known. PostgreSQL's own are asked for once a process, those of a
 * database once and again when an unknown one turns up. A type that can't be looked up is named by its number.
 */
export function namesOfTypes(target: Target, oids: number[]): TypeNames | Promise<TypeNames> {
  const maps = singleton('postgres.type-names', () => new Map<string, Map<number, string>>());
  const shared = mapOf(maps, '');
  const known = mapOf(maps, `${target.server.id}/${target.database}`);
  const name = (oid: number) => (oid < firstUserOid ? shared : known).get(oid);
  const names: TypeNames = (oid) => name(oid) ?? `oid ${oid}`;
  const unknown = oids.filter((oid) => name(oid) === undefined);
  if (unknown.length === 0) return names;
  return lookUp(target, unknown).then(
    (found) => {
      for (const { oid, typname } of found) (oid < firstUserOid ? shared : known).set(oid, typname);
      return names;
    },
    () => names,
  );
}

function mapOf(maps: Map<string, Map<number, string>>, key: string): Map<number, string> {
  const map = maps.get(key) ?? new Map<number, string>();
  maps.set(key, map);
  return map;
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
