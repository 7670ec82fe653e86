import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { type ApiClient, signIn } from '../api-client';
import { ask, waitForJob } from '../bench/jobs';
import type { Stack } from '../stack';

/** Ways in which a file goes wrong. All but a flipped bit are also tried behind a checksum that fits. */
const damages = {
  truncated: ({ own }, random) => own.subarray(0, Math.floor(own.length * random)),
  flipped: ({ own }, random) => {
    const changed = Buffer.from(own);
    const at = Math.floor(own.length * random);
    changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random * 8));
    return changed;
  },
  swapped: ({ other }) => other,
  empty: () => Buffer.alloc(0),
  foreign: (_, random) => createHash('sha512').update(String(random)).digest(),
  doubled: ({ own }) => Buffer.concat([own.subarray(0, own.length >> 1), own]),
} as const satisfies Record<string, (files: Files, random: number) => Buffer>;

type Files = { own: Buffer; other: Buffer };
type Damage = keyof typeof damages;
type Backup = { id: string; verified_at: string | null; disproof: string | null };

/** What came of the damaged files: `wrong` must be empty. */
export type CorruptionReport = { tried: number; wrong: string[] };

/** Damages a backup's file `count` times, asks for its proof each time, and expects that none is given. */
export async function corruptBackups(stack: Stack, count: number): Promise<CorruptionReport> {
  const client = await signIn(stack.url, 'admin', stack.password);
  const onStore = new pg.Client({ connectionString: stack.storeUrl });
  await onStore.connect();
  const report: CorruptionReport = { tried: 0, wrong: [] };
  try {
    const [own, other] = [await backUp(client, 'unm_prep'), await backUp(client, 'blog')];
    const fileOf = (id: string) => path.join(path.dirname(stack.logFile), 'backups', `${id}.dump`);
    const files = { own: await readFile(fileOf(own)), other: await readFile(fileOf(other)) };
    for (let at = 0; at < count; at += 1) {
      const kinds = Object.keys(damages) as Damage[];
      const kind = kinds[at % kinds.length] ?? 'flipped';
      const hasChecksum = kind !== 'flipped' && at % 2 === 1;
      const damaged = damages[kind](files, Math.random());
      await writeFile(fileOf(own), damaged);
      await putChecksum(onStore, own, hasChecksum ? damaged : files.own);
      const backup = await verify(client, own);
      report.tried += 1;
      if (backup.verified_at !== null || backup.disproof === null)
        report.wrong.push(`${kind}${hasChecksum ? ' with its checksum' : ''} was not found out`);
    }
    await writeFile(fileOf(own), files.own);
    await putChecksum(onStore, own, files.own);
    const whole = await verify(client, own);
    if (whole.verified_at === null) report.wrong.push(`the whole file is not proven: ${whole.disproof}`);
    return report;
  } finally {
    await onStore.end();
    client.close();
  }
}

async function backUp(client: ApiClient, database: string): Promise<string> {
  const begun = await ask<{ id: string; job_id: string }>(
    client,
    'POST',
    `/api/v1/servers/demo/databases/${database}/backups`,
    {},
  );
  await waitForJob(client, begun.job_id);
  return begun.id;
}

async function verify(client: ApiClient, id: string): Promise<Backup> {
  const { job_id } = await ask<{ job_id: string }>(client, 'POST', `/api/v1/backups/${id}/verify`, {});
  await waitForJob(client, job_id);
  return ask<Backup>(client, 'GET', `/api/v1/backups/${id}`);
}

async function putChecksum(onStore: pg.Client, id: string, bytes: Buffer): Promise<void> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await onStore.query('update backups set sha256 = $2, size_bytes = $3 where id = $1', [
    id,
    sha256,
    bytes.length,
  ]);
}
