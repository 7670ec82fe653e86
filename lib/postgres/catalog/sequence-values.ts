import 'server-only';
import type pg from 'pg';
import type { SequenceValue } from '../../manifest';

/** Sequences that one statement reads. */
const atOnce = 200;

/**
 * Where every sequence of the connected database stands now: no snapshot holds a sequence still. One that the role may not
 * read makes it throw, as it makes pg_dump fail.
 */
export async function listSequenceValues(client: pg.Client): Promise<SequenceValue[]> {
  const { rows } = await client.query<{ name: string }>(
    `select pg_catalog.format('%I.%I', n.nspname, c.relname) as name
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'S' and c.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and not exists (
          select from pg_catalog.pg_depend e
          where e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and e.objid = c.oid and e.deptype = 'e')
      order by c.oid`,
  );
  const values: SequenceValue[] = [];
  for (let from = 0; from < rows.length; from += atOnce)
    values.push(
      ...(await readSequences(
        client,
        rows.slice(from, from + atOnce).map(({ name }) => name),
      )),
    );
  return values;
}

/** `names` are quoted already. */
async function readSequences(client: pg.Client, names: string[]): Promise<SequenceValue[]> {
  const reads = names.map(
    (name, at) => `select ${at} as at, last_value::pg_catalog.text as last, is_called from ${name}`,
  );
  const { rows } = await client.query<{ at: string; last: string; is_called: string }>(
    reads.join(' union all '),
  );
  return rows.map(({ at, last, is_called }) => ({
    name: names[Number(at)] ?? '',
    last,
    isCalled: is_called === 't',
  }));
}
