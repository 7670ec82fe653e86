import 'server-only';
import type pg from 'pg';

/** What pg_stat_progress_* says of a backend: blocks done of blocks in all, null where the phase counts none. */
export type Phase = { name: string; object: string; total: number | null; done: number | null };

/** The phase that a backend is in, and who keeps it waiting. Null where PostgreSQL reports none now. */
export async function readPhase(
  client: pg.Client,
  pid: number,
): Promise<{ phase: Phase | null; blockers: string[] }> {
  const { rows } = await client.query<{ phase: string | null; blockers: string }>(
    `select (select pg_catalog.json_build_object('name', p.phase, 'object', p.object::pg_catalog.text,
          'total', p.total, 'done', p.done)::pg_catalog.text from (
        select v.phase, v.relid as object, v.heap_blks_total as total,
          case v.phase when 'scanning heap' then v.heap_blks_scanned when 'vacuuming heap' then v.heap_blks_vacuumed end as done
        from pg_catalog.pg_stat_progress_vacuum v where v.pid = $1
        union all
        select a.phase, a.relid, a.sample_blks_total,
          case a.phase when 'acquiring sample rows' then a.sample_blks_scanned end
        from pg_catalog.pg_stat_progress_analyze a where a.pid = $1
        union all
        select i.phase, i.index_relid, nullif(i.blocks_total, 0), i.blocks_done
        from pg_catalog.pg_stat_progress_create_index i where i.pid = $1
        union all
        select c.phase, c.relid, c.heap_blks_total,
          case c.phase when 'seq scanning heap' then c.heap_blks_scanned end
        from pg_catalog.pg_stat_progress_cluster c where c.pid = $1
      ) p limit 1) as phase,
      coalesce((select pg_catalog.json_agg(b.pid || ' (' || pg_catalog.concat_ws(', ', a.usename, a.state) || ')')
        from pg_catalog.unnest(pg_catalog.pg_blocking_pids($1)) b (pid)
        left join pg_catalog.pg_stat_activity a on a.pid = b.pid), '[]')::pg_catalog.text as blockers`,
    [pid],
  );
  const [row] = rows;
  return {
    phase: row?.phase == null ? null : (JSON.parse(row.phase) as Phase),
    blockers: JSON.parse(row?.blockers ?? '[]') as string[],
  };
}

/**
 * How far a statement is, 0…1, from the blocks of its phase: one of `objects` indexes after the other where there are
 * several. Null where the phase counts no blocks.
 */
export function createProgress(objects: number): (phase: Phase) => number | null {
  const seen = new Set<string>();
  return ({ object, total, done }) => {
    seen.add(object);
    if (total === null || done === null || total === 0) return null;
    const part = Math.min(1, done / total);
    return Math.min(1, (Math.min(seen.size, objects) - 1 + part) / objects);
  };
}
