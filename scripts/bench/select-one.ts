import type { ApiClient } from '../api-client';
import { readDirect, warmConnection } from './floors';
import { alternate, median, type Rate, rate } from './measure';
import type { Report } from './report';

const clients = 16;
const seconds = 4;
const path = '/api/v1/servers/demo/databases/blog/queries';
const body = { sql: 'select 1' };

/** Recorded `select 1`, 16 at once, against a handler of Next that gets the same request and does nothing, and pg direct. */
export async function benchSelectOne(client: ApiClient, blogUrl: string): Promise<Report[]> {
  const connections = await Promise.all(Array.from({ length: clients }, () => warmConnection(blogUrl)));
  try {
    const results = await alternate(3, {
      direct: () =>
        rate(clients, seconds, (index) =>
          readDirect(connections[index] as (typeof connections)[number], 'select 1'),
        ),
      empty: () =>
        rate(clients, seconds, () => expectText(client, 'POST', '/api/health/live', 'alive', body)),
      recorded: () => rate(clients, seconds, () => expectText(client, 'POST', path, '"row_count":1', body)),
    });
    const [direct, empty, recorded] = ['direct', 'empty', 'recorded'].map((name) =>
      middle(results[name] ?? []),
    );
    if (direct === undefined || empty === undefined || recorded === undefined) return [];
    const ratio = recorded.perSecond / empty.perSecond;
    return [
      {
        name: `recorded select 1, ${clients} at once, rate against an empty handler of Next`,
        floor: `empty handler ${inWords(empty)}`,
        howdah: inWords(recorded),
        ratio,
        goal: 'at least 0.6',
        isGood: ratio >= 0.6,
      },
      {
        name: `recorded select 1, ${clients} at once, rate against pg direct`,
        floor: `pg direct ${inWords(direct)}`,
        howdah: inWords(recorded),
        ratio: recorded.perSecond / direct.perSecond,
        goal: null,
        isGood: true,
      },
    ];
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
  }
}

async function expectText(
  client: ApiClient,
  method: string,
  at: string,
  part: string,
  body?: object,
): Promise<void> {
  const { status, text } = await client.text(method, at, body);
  if (status !== 200 || !text.includes(part))
    throw new Error(`${at} answered ${status}: ${text.slice(0, 500)}`);
}

function middle(rates: Rate[]): Rate | undefined {
  const wanted = median(rates.map(({ perSecond }) => perSecond));
  return rates.find(({ perSecond }) => perSecond === wanted);
}

function inWords({ perSecond, p50, p99 }: Rate): string {
  return `${perSecond.toFixed(0)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
}
