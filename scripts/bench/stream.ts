import { Readable } from 'node:stream';
import { readNdjson } from '@/lib/ndjson';
import type { QueryEvent } from '@/lib/query-event';
import type { ApiClient } from '../api-client';
import { readByCursor, warmConnection } from './floors';
import { alternate, median, timed } from './measure';
import { type Report, reportTimes } from './report';

const rows = 100_000;
const sql = `select id, user_id, title, content, status, created_at, updated_at from posts limit ${rows}`;
const path = '/api/v1/servers/demo/databases/blog/queries';

/** 100,000 rows through the API, every line parsed, against the same rows by pg-cursor. */
export async function benchStream(client: ApiClient, blogUrl: string): Promise<Report> {
  const floor = await warmConnection(blogUrl);
  try {
    const results = await alternate(7, {
      floor: () => timed(async () => expectRows(await readByCursor(floor, sql))),
      howdah: () => timed(async () => expectRows(await readThroughApi(client))),
    });
    const [low, own] = [median(results.floor ?? []), median(results.howdah ?? [])];
    const name = `${rows.toLocaleString('en')} rows, streamed and parsed`;
    return reportTimes({ name, floor: 'pg-cursor', floorMs: low, howdahMs: own, factor: 1.4 });
  } finally {
    await floor.end();
  }
}

async function readThroughApi(client: ApiClient): Promise<number> {
  const response = await client.request('POST', path, { sql });
  let count = 0;
  for await (const event of readNdjson<QueryEvent>(Readable.toWeb(response) as ReadableStream<Uint8Array>)) {
    if (event.type === 'rows') count += event.rows.length;
  }
  return count;
}

function expectRows(count: number): void {
  if (count !== rows) throw new Error(`${count} of ${rows} rows arrived`);
}
