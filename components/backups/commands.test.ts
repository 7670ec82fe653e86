import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { commandsOf, quoteForShell } from './commands';

const whole = {
  database: 'blog',
  format: 'custom',
  contents: 'all',
  compress: 'none',
  relations: null,
  encrypt: false,
  jobs: 1,
} as const;

test('an archive is taken with pg_dump and restored with pg_restore, on a machine and in a container', () => {
  expect(commandsOf(whole, 'blog.dump').map(({ text }) => text)).toEqual([
    "pg_dump --format=custom '--dbname=dbname='\\''blog'\\''' > blog.dump",
    'createdb blog_restored && pg_restore --exit-on-error --dbname=blog_restored < blog.dump',
    "docker compose exec -T db pg_dump --format=custom '--dbname=dbname='\\''blog'\\''' > blog.dump",
    'docker compose exec -T db pg_restore --exit-on-error --dbname=blog_restored < blog.dump',
  ]);
});

test('a script is fed to psql, unpacked where it is compressed', () => {
  const texts = commandsOf({ ...whole, format: 'plain', compress: 'gzip' }, 'blog.sql.gz').map(
    ({ text }) => text,
  );
  expect(texts[0]).toMatch(/^pg_dump --format=plain .* \| gzip > blog\.sql\.gz$/);
  expect(texts[1]).toMatch(/&& gunzip -c blog\.sql\.gz \| psql .*ON_ERROR_STOP=1/);
});

test('what is encrypted goes through age before it is unpacked', () => {
  const wanted = { ...whole, format: 'plain', compress: 'gzip', encrypt: true } as const;
  const texts = commandsOf(wanted, 'x.sql.gz.age').map(({ text }) => text);
  expect(texts[0]).toMatch(/\| gzip \| age --encrypt --recipients-file recipients\.txt > x\.sql\.gz\.age$/);
  expect(texts[1]).toMatch(/age --decrypt --identity key\.txt x\.sql\.gz\.age \| gunzip -c \| psql/);
});

test('roles and globals come without passwords', () => {
  const [take] = commandsOf({ ...whole, format: 'plain', contents: 'globals' }, 'roles.sql');
  expect(take?.text).toBe('pg_dumpall --globals-only --no-role-passwords > roles.sql');
});

test('a folder of several jobs is packed into one file, and unpacked before it is restored', () => {
  const wanted = { ...whole, format: 'directory', jobs: 4 } as const;
  const texts = commandsOf(wanted, 'blog.tar').map(({ text }) => text);
  expect(texts[0]).toMatch(
    /^pg_dump --format=directory .* --jobs=4 --file=blog\.d && tar -cf blog\.tar -C blog\.d \.$/,
  );
  expect(texts[1]).toMatch(
    /^mkdir blog\.d && tar -xf blog\.tar -C blog\.d && createdb .* --jobs=4 .* blog\.d$/,
  );
  const secret = commandsOf({ ...wanted, encrypt: true }, 'blog.tar.age').map(({ text }) => text);
  expect(secret[0]).toMatch(/ && tar -cf - -C blog\.d \. \| age --encrypt .* > blog\.tar\.age$/);
  expect(secret[3]).toMatch(
    /^age --decrypt --identity key\.txt blog\.tar\.age \| docker compose exec -T db sh -c /,
  );
});

test.each(["it's", '$(touch x)', '-Fp', 'a b', '"q"', '`x`', 'a\\b', '🐘\n'])(
  'a shell takes %j as one word',
  (text) => {
    const printed = execFileSync('/bin/sh', ['-c', `printf %s ${quoteForShell(text)}`], { encoding: 'utf8' });
    expect(printed).toBe(text);
  },
);
