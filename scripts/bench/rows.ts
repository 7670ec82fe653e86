import type pg from 'pg';
import type { RowsPage } from '@/lib/api-types';
import type { ApiClient } from '../api-client';
import { readDirect, warmConnection } from './floors';
import { alternate, median, timed } from './measure';
import { type Report, reportTimes } from './report';
import { ensureTenMillionRows, tenMillionRows as rows, tenMillion } from './ten-million-rows';

const limit = 100;
const rounds = 31;
const fractions = [0.05, 0.25, 0.5, 0.73, 0.9, 0.99];

type Order = { sort: string; by: string };

const orders: Order[] = [
  { sort: 'id', by: 'id' },
  { sort: 'user_id', by: 'user_id, id' },
  { sort: 'created_at.desc', by: 'created_at desc, id desc' },
];

const path = `/api/v1/servers/demo/databases/${tenMillion}/relations/public/events/rows?limit=${limit}`;
const select = 'select id, user_id, score, created_at from events';

/** Pages of ten million rows: both ends and any place between, against ideal SQL, and how far a place is from the true one. */
export async function benchRows(client: ApiClient, urlOf: (database: string) => string): Promise<Report[]> {
  await ensureTenMillionRows(urlOf);
  const floor = await warmConnection(urlOf(tenMillion));
  try {
    for (let i = 0; i < 200; i += 1) await readPage(client, '');
    const reports: Report[] = [];
    for (const order of orders) {
      reports.push(await benchPage({ client, floor, order }, 0));
      reports.push(await benchPage({ client, floor, order }, 1));
      reports.push(await benchPage({ client, floor, order }, 0.5));
      reports.push(await benchError({ client, floor, order }));
    }
    return reports;
  } finally {
    await floor.end();
  }
}

type Bench = { client: ApiClient; floor: pg.Client; order: Order };

async function benchPage({ client, floor, order }: Bench, at: number): Promise<Report> {
  const query = `&sort=${order.sort}&at=${at}`;
  const first = (await readPage(client, query)).rows[0] ?? [];
  const columns = columnsOf(order);
  const values = columns.map(
    (column) => first[['id', 'user_id', 'score', 'created_at'].indexOf(column)] ?? '',
  );
  const sign = order.by.includes('desc') ? '<=' : '>=';
  const where = `where (${columns.join(', ')}) ${sign} (${columns.map((_, index) => `$${index + 1}`).join(', ')})`;
  const backwards = columns
    .map((column) => `${column}${order.by.includes('desc') ? '' : ' desc'}`)
    .join(', ');
  const sql = {
    0: `${select} order by ${order.by} limit ${limit}`,
    1: `${select} order by ${backwards} limit ${limit}`,
  }[at];
  const results = await alternate(rounds, {
    floor: () =>
      timed(async () => {
        await readDirect(
          floor,
          sql ?? `${select} ${where} order by ${order.by} limit ${limit}`,
          sql ? [] : values,
        );
      }),
    howdah: () =>
      timed(async () => {
        await readPage(client, query);
      }),
  });
  return reportTimes({
    name: `rows of ${rows.toLocaleString('en')}, sorted by ${order.sort}, at=${at}`,
    floor: 'ideal keyset SQL',
    floorMs: median(results.floor ?? []),
    howdahMs: median(results.howdah ?? []),
    factor: 1.5,
    plusMs: 8,
  });
}

/** How far places are from where they should be, in per cent of all rows: the worst of them. */
async function benchError({ client, floor, order }: Bench): Promise<Report> {
  const columns = columnsOf(order);
  const errors: number[] = [];
  for (const at of fractions) {
    const first = (await readPage(client, `&sort=${order.sort}&at=${at}`)).rows[0] ?? [];
    const values = columns.map(
      (column) => first[['id', 'user_id', 'score', 'created_at'].indexOf(column)] ?? '',
    );
    const sign = order.by.includes('desc') ? '>' : '<';
    const places = columns.map((_, index) => `$${index + 1}`).join(', ');
    const sql = `select count(*) from events where (${columns.join(', ')}) ${sign} (${places})`;
    const rank = Number((await readDirect(floor, sql, values))[0]?.[0]);
    errors.push((100 * Math.abs(rank - at * rows)) / rows);
  }
  const worst = Math.max(...errors);
  return {
    name: `rows of ${rows.toLocaleString('en')}, sorted by ${order.sort}: error of at=`,
    floor: 'true rank',
    howdah: `median ${median(errors).toFixed(2)} %, worst ${worst.toFixed(2)} % of all rows`,
    ratio: worst,
    goal: 'at most 1 %',
    isGood: worst <= 1,
  };
}

function columnsOf({ by }: Order): string[] {
  return by.split(', ').map((part) => part.replace(' desc', ''));
}

async function readPage(client: ApiClient, query: string): Promise<RowsPage> {
  const { status, text } = await client.text('GET', `${path}${query}`);
  if (status !== 200) throw new Error(`${query} answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as RowsPage;
}
