import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EditConflict, ShownCell } from '@/lib/edit-types';
import { type ApiClient, signIn } from '../api-client';
import type { Stack } from '../stack';

const rows = 40;
const editors = 8;
const path = '/api/v1/servers/demo/databases/blog/relations/public/counters/edits';

/** What many editors of few rows have left behind. */
export type EditsReport = {
  /** Edits that were told to stand. */
  made: number;
  /** Edits that were told that somebody else came first. */
  conflicts: number;
  /** Rows whose stored count is not the number of edits that stood on them, and other wrongs. */
  wrong: string[];
};

/**
 * Has editors add one to the rows of a small table at once until `edits` of them stand, each from the row as it was last
 * shown to that editor. A count that was overwritten, or counted twice, shows in the end.
 */
export async function editAtOnce(stack: Stack, edits: number): Promise<EditsReport> {
  const url = Object.assign(new URL(stack.serverUrl), { pathname: 'blog' }).href;
  const observer = new pg.Client({ connectionString: url });
  await observer.connect();
  const client = await signIn(stack.url, 'developer', stack.password);
  const made = new Array<number>(rows).fill(0);
  const report: EditsReport = { made: 0, conflicts: 0, wrong: [] };
  try {
    await observer.query(`create table counters (id int primary key, n bigint not null, body text);
      insert into counters select i, 0, 'body ' || i from generate_series(0, ${rows - 1}) i;
      grant select on counters to howdah_read; grant select, update on counters to howdah_write`);
    const edit = async (editor: number) => {
      const seen = made.map((_, id): ShownCell[] => shownRow(String(id), '0'));
      for (let turn = editor; report.made < edits && report.wrong.length < 10; turn += 1) {
        await addOne(client, seen, turn % rows, { made, report });
      }
    };
    await Promise.all(
      made
        .map((_, editor) => editor)
        .slice(0, editors)
        .map(edit),
    );
    const { rows: stored } = await observer.query<{ id: number; n: string; body: string }>(
      'select * from counters',
    );
    for (const { id, n, body } of stored) {
      if (Number(n) !== made[id] || body !== `body ${id}`)
        report.wrong.push(`row ${id}: ${n} for ${made[id]}, ${body}`);
    }
    if (stored.length !== rows) report.wrong.push(`${stored.length} rows of ${rows}`);
    return report;
  } finally {
    client.close();
    await observer.query('drop table if exists counters');
    await observer.end();
  }
}

function shownRow(id: string, n: string): ShownCell[] {
  return [
    { column: 'id', value: id },
    { column: 'n', value: n },
    { column: 'body', value: `body ${id}` },
  ];
}

type Tally = { made: number[]; report: EditsReport };

async function addOne(
  client: ApiClient,
  seen: ShownCell[][],
  id: number,
  { made, report }: Tally,
): Promise<void> {
  const cells = seen[id] ?? [];
  const n = Number(cells.find(({ column }) => column === 'n')?.value ?? 0);
  const value = String(n + 1);
  const change = { type: 'update', row: { cells }, set: [{ column: 'n', value }] };
  const { status, text } = await client.text('POST', path, { changes: [change] });
  if (status === 200) {
    report.made += 1;
    made[id] = (made[id] ?? 0) + 1;
    seen[id] = shownRow(String(id), value);
  } else if (status === 409) {
    report.conflicts += 1;
    const { conflict } = JSON.parse(text) as { conflict: EditConflict };
    seen[id] = conflict.theirs ?? cells;
    await addOne(client, seen, id, { made, report });
  } else if (status === 429) await sleep(500);
  else report.wrong.push(`answered ${status}: ${text.slice(0, 200)}`);
}
