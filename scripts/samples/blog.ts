import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { sentences, subjects, titles } from './blog-words';
import { copyRows } from './copy';
import { makeEmail, makePerson } from './people';
import { type Random, seededRandom } from './random';
import { moment, stamp } from './times';

interface Author {
  id: string;
  joined: number;
}

const seed = 20_150_903;
const opened = Date.UTC(2019, 0, 1);
const closed = Date.UTC(2025, 0, 1);
const base64 = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The numbers of rows of the whole blog. */
export const blogSize = { users: 20_000, posts: 200_000 } as const;

/**
 * Makes the blog in an empty database: the same rows for the same size, on every version of PostgreSQL. A post is written
 * after its author joined; a few authors write most of the posts, and many write none.
 */
export async function loadBlog(client: pg.Client, size: { users: number; posts: number }): Promise<void> {
  const random = seededRandom(seed);
  const authors: Author[] = [];
  await client.query(await readFile(new URL('./blog.sql', import.meta.url), 'utf8'));
  await copyRows(client, 'users (id, email, password_hash, created_at, updated_at)', makeUsers());
  await copyRows(client, 'posts (id, user_id, title, content, status, created_at, updated_at)', makePosts());
  await client.query('analyze');

  function* makeUsers(): Generator<string[]> {
    for (let number = 1; number <= size.users; number += 1) {
      const author = { id: random.uuid(), joined: moment(random, opened, closed) };
      authors.push(author);
      const changed = random.chance(0.4) ? moment(random, author.joined, closed) : author.joined;
      const email = makeEmail(random, makePerson(random), number);
      yield [author.id, email, makeHash(random), stamp(author.joined), stamp(changed)];
    }
  }

  function* makePosts(): Generator<string[]> {
    for (let number = 1; number <= size.posts; number += 1)
      yield makePost(random, pickAuthor(random, authors));
  }
}

/** A power law: the lower the number, the more posts. */
function pickAuthor(random: Random, authors: Author[]): Author {
  const place = random.next();
  const author = authors[Math.floor(place * place * place * authors.length)];
  if (!author) throw new Error('Posts need at least one user.');
  return author;
}

function makePost(random: Random, author: Author): string[] {
  const subject = random.pick(subjects);
  const created = moment(random, author.joined, closed);
  const status = random.chance(0.72) ? 'published' : random.chance(0.65) ? 'draft' : 'archived';
  const changed = random.chance(0.3) ? moment(random, created, closed) : created;
  return [
    random.uuid(),
    author.id,
    capitalise(random.pick(titles).replace('%s', subject)),
    makeContent(random, subject),
    status,
    stamp(created),
    stamp(changed),
  ];
}

/** One post in a hundred is empty, one in a thousand is as long as a chapter. */
function makeContent(random: Random, subject: string): string {
  const kind = random.next();
  if (kind < 0.01) return '';
  const paragraphs = kind > 0.999 ? random.between(60, 200) : random.between(1, 2);
  return Array.from({ length: paragraphs }, () => makeParagraph(random, subject)).join('\n\n');
}

function makeParagraph(random: Random, subject: string): string {
  const count = random.between(1, 5);
  return Array.from({ length: count }, () => random.pick(sentences).replace('%s', subject)).join(' ');
}

/** bcrypt's form; no password fits it. */
function makeHash(random: Random): string {
  return `$2b$12$${random.text(base64, 53)}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
