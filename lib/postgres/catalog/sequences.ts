import 'server-only';
import type pg from 'pg';
import type { Page, SequenceSummary } from '../../api-types';
import { listPage, type ObjectFilter } from './object-list';

/** Sequences by schema and name, with the column that owns each. */
export async function listSequences(client: pg.Client, filter: ObjectFilter): Promise<Page<SequenceSummary>> {
  const page = await listPage<{ schema: string; name: string; place: string; sequence: string }>(
    client,
    {
      select: `select n.nspname as schema, c.relname as name, c.oid::pg_catalog.text as place,
          pg_catalog.json_build_object(
            'schema', n.nspname,
            'name', c.relname,
            'type', pg_catalog.format_type(s.seqtypid, null),
            'start', s.seqstart::pg_catalog.text,
            'minimum', s.seqmin::pg_catalog.text,
            'maximum', s.seqmax::pg_catalog.text,
            'increment', s.seqincrement::pg_catalog.text,
            'cycles', s.seqcycle,
            'last_value', case when pg_catalog.has_sequence_privilege(c.oid, 'select, usage')
              then pg_catalog.pg_sequence_last_value(c.oid)::pg_catalog.text end,
            'owned_by', (select pg_catalog.json_build_object(
                'schema', tn.nspname, 'relation', t.relname, 'column', a.attname)
              from pg_catalog.pg_depend d
              join pg_catalog.pg_class t on t.oid = d.refobjid
              join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
              join pg_catalog.pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
              where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid
                and d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype in ('a', 'i')),
            'comment', pg_catalog.obj_description(c.oid, 'pg_class')) as sequence
        from pg_catalog.pg_sequence s
        join pg_catalog.pg_class c on c.oid = s.seqrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where true`,
      name: 'c.relname',
      place: 'c.oid::pg_catalog.text',
    },
    filter,
  );
  return { items: page.items.map((row) => JSON.parse(row.sequence) as SequenceSummary), next: page.next };
}
