import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { copyRows } from './copy';
import { makePerson, makeUsername } from './people';
import { sentences, subjects, titles } from './pgadmin-words';
import { type Random, seededRandom } from './random';
import { moment, stamp } from './times';

const seed = 20_251_027;
const opened = Date.UTC(2024, 9, 27);
const closed = Date.UTC(2025, 9, 27, 10);

/** The numbers of rows of the whole example project. */
export const pgadminSize = { users: 10_000, posts: 200_000 } as const;

/** Makes the example project in an empty database: the same rows for the same size. */
export async function loadPgadmin(client: pg.Client, size: { users: number; posts: number }): Promise<void> {
  const random = seededRandom(seed);
  await client.query(await readFile(new URL('./pgadmin.sql', import.meta.url), 'utf8'));
  await copyRows(client, 'alembic_version', [['abc123def456']]);
  await copyRows(client, 'users (username, email, is_active, created_at, updated_at)', makeUsers());
  await copyRows(client, `posts (${postColumns})`, makePosts());
  await client.query('analyze');

  function* makeUsers(): Generator<string[]> {
    for (let number = 1; number <= size.users; number += 1) {
      const name = makeUsername(makePerson(random), number);
      const created = moment(random, opened, closed);
      const changed = random.chance(0.2) ? moment(random, created, closed) : created;
      const isActive = String(random.chance(0.9));
      yield [name, `${name}@example.com`, isActive, stamp(created), stamp(changed)];
    }
  }

  function* makePosts(): Generator<(string | null)[]> {
    for (let number = 1; number <= size.posts; number += 1) yield makePost(random, size.users);
  }
}

const postColumns = 'title, content, user_id, is_published, created_at, updated_at';

/** Few users write most posts; now and then nobody said whether a post is published. */
function makePost(random: Random, users: number): (string | null)[] {
  const subject = random.pick(subjects);
  const created = moment(random, opened, closed);
  const changed = random.chance(0.3) ? moment(random, created, closed) : created;
  const place = random.next();
  return [
    random.pick(titles).replace('%s', subject),
    Array.from({ length: random.between(1, 6) }, () => random.pick(sentences)).join(' '),
    String(1 + Math.floor(place * place * users)),
    random.chance(0.002) ? null : String(random.chance(0.8)),
    stamp(created),
    stamp(changed),
  ];
}
