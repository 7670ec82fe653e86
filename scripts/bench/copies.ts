import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ApiClient } from '../api-client';
import { cpuSeconds } from '../usage';
import { onDatabase } from './database';
import { readByCursor, runProgram, warmConnection } from './floors';
import { alternate, median, timed } from './measure';
import { watchMemory } from './memory';
import { ensureMillionRows, million, millionRows } from './million-rows';
import { type Report, reportTimes } from './report';
import { ensureTenMillionRows, tenMillion, tenMillionRows } from './ten-million-rows';
import { findTools } from './tools';

type Place = { urlOf: (database: string) => string; folder: string; pid: () => number };
type Bench = Place & { client: ApiClient; psql: string };

/** Megabytes that the app may grow by while rows go through it, however many. */
const memoryGoalMb = 60;

/** Rows out of a database and into one as files, against psql and pg-cursor, and what that costs the app in memory. */
export async function benchCopies(client: ApiClient, place: Place): Promise<Report[]> {
  const tools = await findTools('An export or an import');
  if (tools === null) return [];
  const bench = { ...place, client, psql: path.join(tools.folder, 'psql') };
  await ensureMillionRows(place.urlOf);
  await ensureTenMillionRows(place.urlOf);
  await onDatabase(place.urlOf(million), copiesOfEvents);
  // The code and the parser that a process loads once are no memory of rows: a few go first.
  await download(client, 'blog', 'public.users', 'csv');
  return [
    ...(await benchCsvOut(bench, { database: million, rows: millionRows, rounds: 5 })),
    ...(await benchCsvOut(bench, { database: tenMillion, rows: tenMillionRows, rounds: 3 })),
    ...(await benchNdjson(bench)),
    ...(await benchCsvIn(bench)),
  ];
}

const copiesOfEvents = `drop table if exists events_in;
  create table events_in (like events including all);
  grant select on events_in to howdah_read;
  grant select, insert on events_in to howdah_write`;

type Size = { database: string; rows: number; rounds: number };

function benchCsvOut(bench: Bench, { database, rows, rounds }: Size): Promise<Report[]> {
  const copy = "\\copy events to '/dev/null' with (format csv, header)";
  return compare(bench, {
    ...{ name: `${inWords(rows)} as CSV`, floor: 'psql \\copy to', rounds, factor: 1.25 },
    runFloor: () => runProgram(bench.psql, [bench.urlOf(database), '--quiet', `--command=${copy}`]),
    runHowdah: () => download(bench.client, database, 'public.events', 'csv'),
  });
}

async function benchNdjson(bench: Bench): Promise<Report[]> {
  const floor = await warmConnection(bench.urlOf(million));
  try {
    return await compare(bench, {
      ...{ name: `${inWords(millionRows)} as NDJSON`, floor: 'pg-cursor', rounds: 5, factor: 1.3 },
      runFloor: () => readByCursor(floor, 'select * from events'),
      runHowdah: () => download(bench.client, million, 'public.events', 'ndjson'),
    });
  } finally {
    await floor.end();
  }
}

async function benchCsvIn(bench: Bench): Promise<Report[]> {
  const { psql, client, folder } = bench;
  const url = bench.urlOf(million);
  const file = path.join(folder, 'events.csv');
  await runProgram(psql, [url, '--quiet', `--command=\\copy events to '${file}' with (format csv, header)`]);
  const copy = `\\copy events_in from '${file}' with (format csv, header)`;
  const columns = ['id', 'user_id', 'score', 'kind', 'body', 'created_at'].map((name) => `column=${name}`);
  try {
    return await compare(bench, {
      ...{ name: `${inWords(millionRows)} of CSV in`, floor: 'psql \\copy from', rounds: 3, factor: 1.3 },
      prepare: () => onDatabase(url, 'truncate events_in'),
      runFloor: () => runProgram(psql, [url, '--quiet', `--command=${copy}`]),
      async runHowdah() {
        const target = `/api/v1/servers/demo/databases/${million}/relations/public/events_in/import?${columns.join('&')}`;
        const { status, text } = await client.upload(target, 'text/csv', createReadStream(file));
        if (status !== 200) throw new Error(`The import answered ${status}: ${text.slice(0, 500)}`);
      },
    });
  } finally {
    await rm(file);
  }
}

type Comparison = {
  name: string;
  floor: string;
  rounds: number;
  factor: number;
  prepare?: () => Promise<unknown>;
  runFloor: () => Promise<unknown>;
  runHowdah: () => Promise<unknown>;
};

/** Both in turn: their times, and the memory of the app from before the first round to its highest. */
async function compare(bench: Bench, comparison: Comparison): Promise<Report[]> {
  const { name, floor, rounds, factor, prepare = async () => undefined } = comparison;
  const watch = watchMemory(bench.pid());
  const before = cpuSeconds(bench.pid());
  const timedAlone = (work: () => Promise<unknown>) => async () => {
    await prepare();
    return timed(work);
  };
  const results = await alternate(rounds, {
    floor: timedAlone(comparison.runFloor),
    howdah: timedAlone(comparison.runHowdah),
  });
  const cpu = (cpuSeconds(bench.pid()) - before) / rounds;
  const grownMb = watch.end();
  return [
    reportTimes({
      name: `${name} (${cpu.toFixed(1)} s of the app's processor time)`,
      floor,
      floorMs: median(results.floor ?? []),
      howdahMs: median(results.howdah ?? []),
      factor,
    }),
    {
      name: `${name}: the app's memory`,
      floor: 'before',
      howdah: `+${grownMb.toFixed(0)} MB at most`,
      ratio: grownMb / memoryGoalMb,
      goal: `at most +${memoryGoalMb} MB`,
      isGood: grownMb <= memoryGoalMb,
    },
  ];
}

async function download(
  client: ApiClient,
  database: string,
  relation: string,
  format: string,
): Promise<void> {
  const target = `/api/v1/servers/demo/databases/${database}/export?relation=${relation}&format=${format}&timeout_ms=600000`;
  const response = await client.request('GET', target);
  if (response.statusCode !== 200) throw new Error(`The export answered ${response.statusCode}`);
  for await (const _ of response);
}

function inWords(rows: number): string {
  return `${rows.toLocaleString('en')} rows`;
}
