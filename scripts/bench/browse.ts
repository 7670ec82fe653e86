import type pg from 'pg';
import type { RowsPage } from '@/lib/api-types';
import type { ApiClient } from '../api-client';
import { readDirect, warmConnection } from './floors';
import { alternate, median, timed } from './measure';
import { ensureMillionRows, million, millionRows } from './million-rows';
import { type Report, reportTimes } from './report';

const limit = 100;
const rounds = 41;
const path = `/api/v1/servers/demo/databases/${million}/relations/public/events/rows`;
const select = 'select id, user_id, score, kind, body, created_at from events';

/** A page as the API is asked for it, and the SQL that nobody can beat for the same rows. */
type BenchPage = { name: string; query: string; sql: string; values: string[]; isBackwards: boolean };

/** Pages of a million rows through the API, by primary key and sorted by an indexed column, against ideal SQL. */
export async function benchBrowse(client: ApiClient, urlOf: (database: string) => string): Promise<Report[]> {
  await ensureMillionRows(urlOf);
  const floor = await warmConnection(urlOf(million));
  try {
    const reports: Report[] = [];
    for (const page of await listPages(client)) reports.push(await benchPage(client, floor, page));
    return reports;
  } finally {
    await floor.end();
  }
}

async function listPages(client: ApiClient): Promise<BenchPage[]> {
  const key = await findPlace(client, '&filter=id.gte.500001');
  const score = await findPlace(client, '&sort=score&filter=score.gte.5000');
  const at = (name: string, query: string, sql: string, values: string[] = []): BenchPage => {
    const isBackwards = sql.includes(' desc');
    return {
      name,
      query: `limit=${limit}${query}`,
      sql: `${select} ${sql} limit ${limit}`,
      values,
      isBackwards,
    };
  };
  return [
    at('first page by primary key', '', 'order by id'),
    at('deep page by primary key', `&after=${key.cursor}`, 'where id > $1 order by id', [key.id]),
    at('last page by primary key', '&at=1', 'order by id desc'),
    at('first page sorted', '&sort=score', 'order by score, id'),
    at(
      'deep page sorted',
      `&sort=score&after=${score.cursor}`,
      'where (score, id) > ($1, $2) order by score, id',
      [score.score, score.id],
    ),
    at('last page sorted', '&sort=score&at=1', 'order by score desc, id desc'),
  ];
}

/** A row in the midst, and the cursor that the API gives for what comes after it. */
async function findPlace(client: ApiClient, query: string) {
  const { rows, next } = await readPage(client, `limit=1${query}`);
  const [id = '', , score = ''] = rows[0] ?? [];
  if (next === null || id === null || score === null) throw new Error(`${query} names no row in the midst`);
  return { cursor: next, id, score };
}

async function benchPage(client: ApiClient, floor: pg.Client, page: BenchPage): Promise<Report> {
  const ids: Record<string, string> = {};
  const results = await alternate(rounds, {
    floor: () =>
      timed(async () => {
        const rows = await readDirect(floor, page.sql, page.values);
        ids.floor = idsOf(page.isBackwards ? rows.reverse() : rows);
      }),
    howdah: () =>
      timed(async () => {
        ids.howdah = idsOf((await readPage(client, page.query)).rows);
      }),
  });
  if (ids.floor !== ids.howdah)
    throw new Error(`${page.name}: the API answers other rows than the ideal SQL`);
  return reportTimes({
    name: `browse ${millionRows.toLocaleString('en')} rows, ${page.name}`,
    floor: 'ideal keyset SQL',
    floorMs: median(results.floor ?? []),
    howdahMs: median(results.howdah ?? []),
    factor: 1.5,
    plusMs: 8,
  });
}

async function readPage(client: ApiClient, query: string): Promise<RowsPage> {
  const { status, text } = await client.text('GET', `${path}?${query}`);
  if (status !== 200) throw new Error(`${query} answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as RowsPage;
}

function idsOf(rows: (string | null)[][]): string {
  return rows.map(([id]) => id).join();
}
