import { rm } from 'node:fs/promises';
import { type ApiClient, signIn } from './api-client';
import { benchBackup } from './bench/backup';
import { benchBrowse } from './bench/browse';
import { benchCopies } from './bench/copies';
import { benchGrid } from './bench/grid';
import { benchLevels } from './bench/levels';
import { benchRelations } from './bench/relations';
import { printReport, type Report } from './bench/report';
import { benchRows } from './bench/rows';
import { benchSelectOne } from './bench/select-one';
import { benchStream } from './bench/stream';
import { listenForEnd } from './signals';
import { makeTemporaryFolder } from './temporary-folder';
import { withTemporaryStack } from './temporary-stack';

type Place = {
  developer: ApiClient;
  admin: ApiClient;
  folder: string;
  url: string;
  password: string;
  urlOf: (database: string) => string;
  /** The process of the app. */
  pid: () => number;
};

const benches: Record<string, (place: Place) => Promise<Report[]>> = {
  stream: async ({ developer, urlOf }) => [await benchStream(developer, urlOf('blog'))],
  'select-one': ({ developer, urlOf }) => benchSelectOne(developer, urlOf('blog')),
  levels: ({ developer, urlOf }) => benchLevels(developer, urlOf),
  browse: ({ developer, urlOf }) => benchBrowse(developer, urlOf),
  'rows-paged': ({ developer, urlOf }) => benchRows(developer, urlOf),
  'rows-copied': ({ developer, ...place }) => benchCopies(developer, place),
  grid: benchGrid,
  relations: ({ developer, urlOf }) => benchRelations(developer, urlOf),
  backup: ({ admin, ...place }) => benchBackup(admin, place),
};

/**
 * Measures Howdah beside its floors in one run, on a durable PostgreSQL: all, or those named; `rows` are all whose names
 * begin so. Resolves to the exit code.
 */
async function runBench(names: string[]): Promise<number> {
  const isMeant = (bench: string, name: string) => bench === name || bench.startsWith(`${name}-`);
  const unknown = names.find((name) => !Object.keys(benches).some((bench) => isMeant(bench, name)));
  if (unknown !== undefined) {
    console.error(`There is no bench "${unknown}". They are: ${Object.keys(benches).join(', ')}.`);
    return 1;
  }
  const folder = await makeTemporaryFolder();
  try {
    return await withTemporaryStack({ folder, durable: true, signal: listenForEnd() }, async (stack) => {
      const developer = await signIn(stack.url, 'developer', stack.password);
      const admin = await signIn(stack.url, 'admin', stack.password);
      const urlOf = (database: string) =>
        Object.assign(new URL(stack.serverUrl), { pathname: database }).href;
      const { url, password } = stack;
      const results: boolean[] = [];
      for (const [name, bench] of Object.entries(benches)) {
        if (names.length > 0 && !names.some((wanted) => isMeant(name, wanted))) continue;
        const place = { developer, admin, folder, url, password, urlOf, pid: () => stack.app().pid };
        results.push(...(await bench(place)).map(printReport));
      }
      for (const client of [developer, admin]) client.close();
      return results.every(Boolean) ? 0 : 1;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exit(await runBench(process.argv.slice(2)));
