import type { InventoryObject } from './manifest';
import { type ParseNode, parseSql } from './parser';

/** What of two lists of objects can be compared. */
export type Scope = {
  /** Whether definitions are: another major version of PostgreSQL writes them in other words. */
  hasDefinitions: boolean;
  /** Whether privileges are: not where PostgreSQL refused some to the role that restored. */
  hasPrivileges: boolean;
  /** Roles that the copy can't name: those that its server lacks, and Howdah's own, which are granted anew. */
  withoutRoles: ReadonlySet<string>;
};

/** Says in words how a copy's objects differ from the source's, each by its name. */
export function compareObjects(
  source: readonly InventoryObject[],
  copy: readonly InventoryObject[],
  scope: Scope,
): string[] {
  const isOut = outOf(source, scope);
  const wanted = byName(source.filter((object) => !isOut(object)));
  const there = byName(copy.filter((object) => !isOut(object)));
  const differences: string[] = [];
  for (const [name, object] of wanted) {
    const other = there.get(name);
    if (other === undefined) differences.push(`missing: ${name}`);
    else if (scope.hasDefinitions && !isSame(object, other)) differences.push(`${name} is not what it was`);
  }
  // pg_dump makes no database without the schema public.
  const isGiven = wanted.has(publicSchema) ? () => false : (name: string) => name.endsWith(publicSchema);
  for (const name of there.keys())
    if (!wanted.has(name) && !isGiven(name)) differences.push(`not in the source: ${name}`);
  return differences;
}

const publicSchema = 'schema public';

function byName(objects: readonly InventoryObject[]): Map<string, InventoryObject> {
  return new Map(objects.map((object) => [object.name, object]));
}

/** What names a role that the copy can't, and what is said of an object whose owner is one: the copy has another owner. */
function outOf(source: readonly InventoryObject[], scope: Scope): (object: InventoryObject) => boolean {
  const namesOther = ({ roles }: InventoryObject) => roles.some((role) => scope.withoutRoles.has(role));
  const isOwner = ({ name }: InventoryObject) => name.startsWith('owner of ');
  const disowned = new Set(
    source
      .filter(isOwner)
      .filter(namesOther)
      .map(({ about }) => about),
  );
  return (object) =>
    namesOther(object) ||
    (object.about !== null && disowned.has(object.about)) ||
    (!scope.hasPrivileges && object.name.startsWith('privileges of '));
}

function isSame(one: InventoryObject, other: InventoryObject): boolean {
  return one.is === other.is && (one.sql === other.sql || isSameSql(one.sql, other.sql));
}

/**
 * PostgreSQL writes an expression anew when it has read its own words: `(array['a'::varchar])::text[]` comes back as
 * `array[('a'::varchar)::text]`. Casts move, all else stays, so that they are what is not compared.
 */
function isSameSql(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  const [a, b] = [parseSql(one), parseSql(other)];
  if ('problem' in a || 'problem' in b) return false;
  return JSON.stringify(withoutCasts(a.statements)) === JSON.stringify(withoutCasts(b.statements));
}

/** Where in its text something stands. */
const places = new Set(['location', 'list_start', 'list_end', 'rexpr_list_start', 'rexpr_list_end']);

function withoutCasts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutCasts);
  if (typeof value !== 'object' || value === null) return value;
  const node = value as ParseNode;
  if (typeof node.TypeCast === 'object') return withoutCasts((node.TypeCast as ParseNode).arg);
  return Object.fromEntries(
    Object.entries(node)
      .filter(([field]) => !places.has(field))
      .map(([field, inner]) => [field, withoutCasts(inner)]),
  );
}
