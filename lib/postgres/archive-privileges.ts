import { splitStatements } from '../sql/split';

/** A statement about privileges, and whose session it must run in when that is not the restoring role's. */
export type PrivilegeStatement = { sql: string; as: string | null };

const psqlCommand = /^\\(?:un)?restrict .*$/gm;

/**
 * The statements about privileges of a script that pg_restore wrote, in order. All else that such a script holds
 * (settings, psql's \restrict) is left out, so that nothing but privileges can come of it. Grants to and revokes from
 * `except`, which are Howdah's own roles, are left out too.
 */
export function readPrivileges(script: string, except: readonly string[]): PrivilegeStatement[] {
  const statements: PrivilegeStatement[] = [];
  let as: string | null = null;
  for (const { text } of splitStatements(script.replace(psqlCommand, ''))) {
    const session = /^SET SESSION AUTHORIZATION (.+)$/s.exec(text)?.[1];
    if (session !== undefined) as = session;
    else if (text === 'RESET SESSION AUTHORIZATION') as = null;
    else if (/^(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) /.test(text) && !isFor(text, except)) {
      statements.push({ sql: text, as });
    }
  }
  return statements;
}

/** pg_dump writes one grantee a statement, at its end. */
function isFor(sql: string, roles: readonly string[]): boolean {
  return roles.some(
    (role) =>
      sql.endsWith(` TO ${role}`) ||
      sql.endsWith(` FROM ${role}`) ||
      sql.endsWith(` TO ${role} WITH GRANT OPTION`),
  );
}

const identifier = '("(?:[^"]|"")*"|[^\\s"]+)';
const grantee = new RegExp(` (?:TO|FROM) ${identifier}(?: WITH GRANT OPTION)?$`);
const definer = new RegExp(`^ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier} `);

/** The roles that a statement needs: whose grant it is, whose defaults, and to whom; PUBLIC is none. */
export function rolesOf({ sql, as }: PrivilegeStatement): string[] {
  const names = [as, definer.exec(sql)?.[1], grantee.exec(sql)?.[1]];
  return names.flatMap((name) => (name == null || name === 'PUBLIC' ? [] : [unquote(name)]));
}

function unquote(name: string): string {
  return name.replace(/^"(.*)"$/s, (_, inner: string) => inner.replaceAll('""', '"'));
}
