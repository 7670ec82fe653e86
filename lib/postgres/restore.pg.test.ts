import { chmod, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/scripts/embedded/test-database';
import { findClientTools, programOf } from './client-tools';
import { type ClientTools, chooseTools } from './client-version';
import { dumpDatabase } from './dump';
import { restoreArchive } from './restore';
import { parseServerUrl } from './url';

let folder: string;
let source: TestDatabase;
let copy: TestDatabase;
let tools: ClientTools;

const wanted = { format: 'custom', contents: 'all', relations: null } as const;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-restore-'));
  source = await createTestDatabase();
  copy = await createTestDatabase();
  const { rows } = await query(
    source,
    `create table notes (id int primary key, body text); insert into notes select g, 'n' || g from generate_series(1, 99) g;
      select current_setting('server_version_num')::int / 10000 as major`,
  );
  tools = chooseTools(await findClientTools(), rows[0]?.major);
  const archive = await open(path.join(folder, 'archive'), 'w');
  for await (const chunk of dumpDatabase({
    ...common,
    endpoint: parseServerUrl(source.url),
    tools,
    snapshot: null,
    wanted,
  })) {
    await archive.write(chunk);
  }
  await archive.close();
  await writeFile(path.join(folder, 'pg_restore'), newerTool(programOf(tools, 'pg_restore')));
  await chmod(path.join(folder, 'pg_restore'), 0o755);
});
afterAll(async () => {
  await source.drop();
  await copy.drop();
  await rm(folder, { recursive: true });
});

const common = {
  jobId: crypto.randomUUID(),
  signal: new AbortController().signal,
  onMessage: () => undefined,
};

/** What pg_restore 17 and newer do on a server before 17: they say the error and go on, unless told to stop. */
const newerTool = (program: string) => `#!/bin/sh
case " $* " in *" --dbname="*) ;; *) exec "${program}" "$@" ;; esac
{ echo 'pg_restore: while INITIALIZING:'
  echo 'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"'
  echo 'Command was: SET transaction_timeout = 0;'; } >&2
case " $* " in *" --exit-on-error "*) exit 1 ;; esac
"${program}" "$@" || exit 3
echo 'pg_restore: warning: errors ignored on restore: 1' >&2
exit 1
`;

async function query(database: TestDatabase, sql: string) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const answers = (await client.query(sql)) as pg.QueryResult | pg.QueryResult[];
    return [answers].flat().at(-1) as pg.QueryResult;
  } finally {
    await client.end();
  }
}

function restore(serverMajor: number) {
  return restoreArchive({
    ...common,
    endpoint: parseServerUrl(copy.url),
    tools: { major: 18, minor: 4, folder },
    serverMajor,
    directory: null,
    openArchive: () => open(path.join(folder, 'archive')),
    ownRoles: [],
    picked: null,
    onProgress: () => undefined,
  });
}

test('pg_restore 18 restores into a server that does not know transaction_timeout, and that costs nothing', async () => {
  await expect(restore(18)).rejects.toMatchObject({
    message: expect.stringMatching(/ended with code 1: .*transaction_timeout/),
  });
  expect(await restore(15)).toEqual({ missingRoles: [], problems: [] });
  expect((await query(copy, 'select count(*)::int, max(body) from notes')).rows).toEqual([
    { count: 99, max: 'n99' },
  ]);
});

test('any other error ends it', async () => {
  await expect(restore(15)).rejects.toMatchObject({
    message: expect.stringMatching(/pg_restore failed: .*"notes" already exists/),
  });
});
