import 'server-only';
import type pg from 'pg';
import type { Gap, SharedLevel } from '../../wall-types';

export type Finding = Omit<Gap, 'database'>;

type Question = {
  severity: Gap['severity'];
  /** Answers names; none means that all is well. */
  sql: string;
  /** What is wrong, with the names. */
  message(names: string): string;
  fix: string;
  level?: SharedLevel;
};

const userSchema = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
const relationName = `pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(c.relname)`;
const relations = `pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace`;
const functions = `pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace`;
/** The connected role; its name may need quotes, which a cast to regrole would take for its own. */
const me = '(select r.oid from pg_catalog.pg_roles r where r.rolname = current_user)';
const isCallable = `pg_catalog.has_function_privilege(p.oid, 'execute') and pg_catalog.has_schema_privilege(n.oid, 'usage')`;

/**
 * Of PostgreSQL's own tables that hold passwords, or samples of every column: how the tree of a view's query tells that it
 * reads such a column of one, or its whole row, whatever either is called there. Of these tables PostgreSQL records no
 * dependencies. In the list of what is read the whole row is 7, and column 1 is 8.
 */
const secretReads = `
  select ':relid ' || a.attrelid || ' [^{}]*([{]TABLESAMPLECLAUSE.*)?:selectedCols [(]b[^)]* (7|'
      || pg_catalog.string_agg((a.attnum + 7)::pg_catalog.text, '|') || ')[ )]' as pattern
  from pg_catalog.pg_attribute a
  where a.attrelid in ('pg_catalog.pg_authid'::pg_catalog.regclass, 'pg_catalog.pg_shadow'::pg_catalog.regclass,
      'pg_catalog.pg_user_mapping'::pg_catalog.regclass, 'pg_catalog.pg_subscription'::pg_catalog.regclass,
      'pg_catalog.pg_statistic'::pg_catalog.regclass, 'pg_catalog.pg_statistic_ext_data'::pg_catalog.regclass)
    and a.attname ~ '^(rolpassword|passwd|umoptions|subconninfo|stavalues[1-5]|stxdmcv|stxdexpr)$'
  group by a.attrelid`;

/** Any of these privileges on the whole relation; column privileges are asked for apart. */
function heldOn(kinds: string, privileges: string): string {
  return `select ${relationName} as name from ${relations}
    where c.relkind in (${kinds}) and ${userSchema} and pg_catalog.has_table_privilege(c.oid, '${privileges}')`;
}

const questions: readonly Question[] = [
  {
    severity: 'breach',
    sql: `select a.name from pg_catalog.pg_roles r, lateral (values ('SUPERUSER', r.rolsuper), ('CREATEROLE', r.rolcreaterole),
        ('CREATEDB', r.rolcreatedb), ('REPLICATION', r.rolreplication), ('BYPASSRLS', r.rolbypassrls)) a (name, has)
      where r.rolname = current_user and a.has`,
    message: (names) => `The role has ${names}.`,
    fix: 'Run: alter role … nosuperuser nocreaterole nocreatedb noreplication nobypassrls',
  },
  {
    severity: 'breach',
    sql: `select r.rolname as name from pg_catalog.pg_auth_members m join pg_catalog.pg_roles r on r.oid = m.roleid
      join pg_catalog.pg_roles s on s.oid = m.member where s.rolname = current_user`,
    message: (names) => `The role is a member of ${names}, whose rights it can take.`,
    fix: 'Revoke the membership.',
  },
  {
    severity: 'breach',
    sql: `select ${relationName} as name from ${relations} where c.relowner = ${me}
      union all select n.nspname from pg_catalog.pg_namespace n where n.nspowner = ${me}
      union all select p.proname from pg_catalog.pg_proc p where p.proowner = ${me}
      union all select d.datname from pg_catalog.pg_database d where d.datdba = ${me}`,
    message: (names) => `The role owns ${names}, and may do with it what it likes.`,
    fix: 'Give it to another owner: alter … owner to …',
  },
  {
    severity: 'breach',
    sql: `select p.proname as name from pg_catalog.pg_proc p where p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace
      and p.proname in ('pg_read_file', 'pg_read_binary_file', 'pg_ls_dir', 'lo_import', 'lo_export', 'pg_reload_conf',
        'pg_rotate_logfile', 'pg_create_restore_point', 'pg_switch_wal', 'pg_promote', 'pg_stat_reset')
      and pg_catalog.has_function_privilege(p.oid, 'execute')`,
    message: (names) => `The role may call ${names}.`,
    fix: 'Revoke EXECUTE on these functions from the role and from PUBLIC.',
  },
  {
    level: 'read',
    severity: 'gap',
    sql: heldOn("'r', 'p', 'v', 'f'", 'insert, update, delete, truncate, trigger'),
    message: (names) =>
      `Only its read-only transactions keep the role from changing ${names}: a grant lets it.`,
    fix: 'Revoke that grant from PUBLIC, or from the role.',
  },
  {
    level: 'read',
    severity: 'gap',
    sql: `select ${relationName} as name from ${relations}
      where c.relkind in ('r', 'p', 'v', 'f') and ${userSchema}
        and not pg_catalog.has_table_privilege(c.oid, 'insert, update')
        and pg_catalog.has_any_column_privilege(c.oid, 'insert, update')`,
    message: (names) => `Only its read-only transactions keep the role from changing columns of ${names}.`,
    fix: 'Revoke that grant from PUBLIC, or from the role.',
  },
  {
    level: 'read',
    severity: 'gap',
    sql: `select ${relationName} as name from ${relations} where ${userSchema}
      and case when c.relkind = 'S' then pg_catalog.has_sequence_privilege(c.oid, 'usage, update') end`,
    message: (names) => `Only its read-only transactions keep the role from moving the sequences ${names}.`,
    fix: 'Revoke that grant from PUBLIC, or from the role.',
  },
  {
    level: 'write',
    severity: 'gap',
    sql: heldOn("'r', 'p', 'f'", 'truncate, trigger, references'),
    message: (names) => `The role may TRUNCATE, or make triggers or foreign keys on, ${names}.`,
    fix: 'Revoke that grant from PUBLIC, or from the role.',
  },
  {
    severity: 'gap',
    sql: `select pg_catalog.quote_ident(n.nspname) as name from pg_catalog.pg_namespace n
      where ${userSchema} and pg_catalog.has_schema_privilege(n.oid, 'create')`,
    message: (names) => `The role may make objects in the schema ${names}.`,
    fix: 'Run, for each: revoke create on schema … from public',
  },
  {
    severity: 'gap',
    sql: `select pg_catalog.current_database() as name
      where pg_catalog.has_database_privilege(pg_catalog.current_database(), 'create')`,
    message: (names) => `The role may make schemas in ${names}.`,
    fix: 'Run: revoke create on database … from public',
  },
  {
    severity: 'gap',
    sql: `select distinct s.srvname as name from pg_catalog.pg_foreign_table f
      join ${relations} on c.oid = f.ftrelid
      join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
      join pg_catalog.pg_user_mappings m on m.srvid = s.oid and m.umuser = 0
      where pg_catalog.has_any_column_privilege(c.oid, 'select') and pg_catalog.has_schema_privilege(n.oid, 'usage')`,
    message: (names) =>
      `The role reads foreign tables of ${names} by a user mapping for PUBLIC, with whatever rights that has there.`,
    fix: 'Map the roles that need it, and drop the mapping for PUBLIC.',
  },
  {
    severity: 'gap',
    sql: `with recursive views (view) as (
        select r.ev_class from pg_catalog.pg_rewrite r
          join pg_catalog.pg_class c on c.oid = r.ev_class and c.relkind in ('v', 'm')
            and c.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace
          where exists (select from (${secretReads}) s where r.ev_action::pg_catalog.text ~ s.pattern)
        union
        select r.ev_class from views v
          join pg_catalog.pg_depend d on d.refobjid = v.view
            and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
            and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
          join pg_catalog.pg_rewrite r on r.oid = d.objid)
      select ${relationName} as name from views v join ${relations} on c.oid = v.view
      where ${userSchema} and pg_catalog.has_any_column_privilege(c.oid, 'select')
        and pg_catalog.has_schema_privilege(n.oid, 'usage')`,
    message: (names) =>
      `The role may read ${names}, which reads the secrets of PostgreSQL's own tables with its owner's rights.`,
    fix: 'Drop the view, or revoke SELECT on it from PUBLIC and choose another schema for it.',
  },
  {
    level: 'read',
    severity: 'gap',
    sql: `select pg_catalog.current_setting('default_transaction_read_only') as name
      where pg_catalog.current_setting('default_transaction_read_only') <> 'on'`,
    message: () => 'The role does not begin its transactions read-only by itself.',
    fix: 'Run: alter role … set default_transaction_read_only = on',
  },
  {
    level: 'read',
    severity: 'note',
    sql: `select 'temp_file_limit' as name where pg_catalog.current_setting('temp_file_limit') = '-1'`,
    message: () => 'Nothing limits the temporary files of the role: a large sort may fill the disk.',
    fix: 'As a superuser: alter role … set temp_file_limit = 1GB',
  },
  {
    severity: 'note',
    sql: `select p.oid::pg_catalog.regprocedure::pg_catalog.text as name from ${functions}
      where p.prosecdef and n.nspname !~ '^pg_' and ${isCallable}`,
    message: (names) => `The role may call functions that act with their owner's rights: ${names}.`,
    fix: 'Read what they do; revoke EXECUTE from PUBLIC where readers have no need of it.',
  },
  {
    severity: 'note',
    sql: `select distinct p.proname::pg_catalog.text as name from ${functions} where p.proname ~ '^dblink' and ${isCallable}`,
    message: (names) =>
      `The role may open connections of its own, with a password that it must know: ${names}.`,
    fix: 'Revoke EXECUTE on the functions of dblink from PUBLIC.',
  },
];

/** What the connected role may do beyond its level, as PostgreSQL itself says. */
export async function findPrivileges(client: pg.Client, level: SharedLevel): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const question of questions) {
    if (question.level !== undefined && question.level !== level) continue;
    const { rows } = await client.query<{ name: string }>(
      `select q.name from (${question.sql}) q (name) order by q.name limit 21`,
    );
    if (rows.length === 0) continue;
    const names = rows.slice(0, 20).map(({ name }) => name);
    if (rows.length > 20) names.push('…');
    const { severity, message, fix } = question;
    findings.push({ severity, message: message(names.join(', ')), fix });
  }
  return findings;
}
