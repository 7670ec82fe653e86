import type { ApiClient } from '../api-client';
import { alternate, median, timed } from './measure';
import { ensureMillionRows, million } from './million-rows';
import { type Report, reportTimes } from './report';

const path = `/api/v1/servers/demo/databases/${million}/queries`;
const warmUps = 100;

/** The same queries at both levels: the read level also parses each, and rolls its transaction back. */
const queries = [
  { name: 'select 1', sql: 'select 1', rounds: 401 },
  { name: 'a row by key', sql: 'select * from events where id = 500000', rounds: 401 },
  { name: '1,000 rows', sql: 'select * from events where id <= 1000', rounds: 201 },
  { name: 'a count of 100,000', sql: 'select count(*) from events where id <= 100000', rounds: 41 },
] as const;

/** What the read level costs beside the write level, through the API and with the history. */
export async function benchLevels(client: ApiClient, urlOf: (database: string) => string): Promise<Report[]> {
  await ensureMillionRows(urlOf);
  const reports: Report[] = [];
  for (const { name, sql, rounds } of queries) {
    const at = (level: 'read' | 'write') => () => timed(() => run(client, sql, level));
    await alternate(warmUps, { write: at('write'), read: at('read') });
    const results = await alternate(rounds, { write: at('write'), read: at('read') });
    reports.push(
      reportTimes({
        name: `${name} at the read level`,
        floor: 'at the write level',
        floorMs: median(results.write ?? []),
        howdahMs: median(results.read ?? []),
        factor: 2,
      }),
    );
  }
  return reports;
}

async function run(client: ApiClient, sql: string, level: 'read' | 'write'): Promise<void> {
  const { status, text } = await client.text('POST', path, { sql, level });
  if (status !== 200 || !text.includes('"type":"done"'))
    throw new Error(`${sql} answered ${status}: ${text.slice(0, 500)}`);
}
