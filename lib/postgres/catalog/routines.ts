import 'server-only';
import type pg from 'pg';
import type { Page, RoutineSummary } from '../../api-types';
import { listPage, type ObjectFilter } from './object-list';

type ListedRow = Omit<RoutineSummary, 'security_definer'> & { security_definer: string; place: string };

/** Which routines to list: those that extensions brought are left out unless asked for. */
export type RoutineFilter = ObjectFilter & { extensions?: boolean };

/** Whether a dependency `d` of a routine `p` says that an extension brought it. */
const isOfExtension = `d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'e'
              and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass`;

/**
 * Functions, procedures and aggregates by schema, name and arguments, with their CREATE statements; without the
 * constructors that PostgreSQL makes for a range type.
 */
export async function listRoutines(client: pg.Client, filter: RoutineFilter): Promise<Page<RoutineSummary>> {
  const place = 'pg_catalog.pg_get_function_identity_arguments(p.oid)';
  const page = await listPage<ListedRow>(
    client,
    {
      select: `select n.nspname as schema, p.proname as name, ${place} as place,
          case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' when 'w' then 'window' else 'function' end
            as kind,
          pg_catalog.pg_get_function_arguments(p.oid) as arguments,
          pg_catalog.pg_get_function_result(p.oid) as returns,
          l.lanname as language,
          case when p.prokind <> 'a' then pg_catalog.pg_get_functiondef(p.oid) end as definition,
          case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end as volatility,
          p.prosecdef as security_definer,
          pg_catalog.pg_get_userbyid(p.proowner) as owner,
          (select e.extname from pg_catalog.pg_depend d
            join pg_catalog.pg_extension e on e.oid = d.refobjid
            where ${isOfExtension}) as extension,
          pg_catalog.obj_description(p.oid, 'pg_proc') as comment
        from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        join pg_catalog.pg_language l on l.oid = p.prolang
        where not exists (select from pg_catalog.pg_depend d
          where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.objid = p.oid and d.deptype = 'i')
          ${filter.extensions ? '' : `and not exists (select from pg_catalog.pg_depend d where ${isOfExtension})`}`,
      name: 'p.proname',
      place,
    },
    filter,
  );
  const items = page.items.map(({ place: _, ...routine }) => ({
    ...routine,
    security_definer: routine.security_definer === 't',
  }));
  return { items, next: page.next };
}
