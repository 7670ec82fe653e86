import { describe, expect, test } from 'vitest';
import { readScript } from './script-reader';

/** The script in chunks of a few bytes, so that every boundary falls everywhere. */
async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 7): Promise<string[]> {
  const parts: string[] = [];
  for await (const part of readScript(inChunks(text, size))) {
    if (part.type === 'statement') parts.push(part.sql);
    else {
      const rows: Buffer[] = [];
      for await (const chunk of part.rows()) rows.push(chunk);
      parts.push(`${part.sql} <- ${Buffer.concat(rows).toString()}`);
    }
  }
  return parts;
}

const dump = `--
-- PostgreSQL database dump
--

\\restrict aBc123

SET statement_timeout = 0;
CREATE FUNCTION public.f() RETURNS text
    LANGUAGE plpgsql
    AS $$
begin
  return ';';
end;
$$;
COMMENT ON FUNCTION public.f() IS 'two
\\! lines; of it';

COPY public.t (id, v) FROM stdin;
1\t\\N
2\ta;b\\\\.
\\.


SELECT 1;
\\unrestrict aBc123

`;

describe('a script', () => {
  test.each([1, 2, 7, 64, 100_000])('is read part by part, in chunks of %i bytes', async (size) => {
    expect(await read(dump, size)).toEqual([
      'SET statement_timeout = 0',
      "CREATE FUNCTION public.f() RETURNS text\n    LANGUAGE plpgsql\n    AS $$\nbegin\n  return ';';\nend;\n$$",
      "COMMENT ON FUNCTION public.f() IS 'two\n\\! lines; of it'",
      'COPY public.t (id, v) FROM stdin <- 1\t\\N\n2\ta;b\\\\.\n',
      'SELECT 1',
    ]);
  });

  test.each([
    '\\! touch /tmp/x',
    '\\connect other',
    '\\c other',
    '\\i /etc/passwd',
    '\\copy t from program $$id$$',
    '\\o |cat',
    '\\unrestrict aBc123',
    '\\restrict a b',
    '\\restrict x\n\\restrict y',
    '\\restrict x\n\\unrestrict y',
    '\\.',
    'select 1; \\! id;',
  ])('S41: with %j is refused', async (meta) => {
    await expect(read(`${meta}\nSELECT 1;\n`)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/command of psql/),
    });
  });

  test.each([
    ['within a statement', 'SELECT 1;\nCREATE TABLE t (id int'],
    ['within a string', "SELECT 'a;\n"],
    ['within the rows of a COPY', 'COPY t FROM stdin;\n1\n2\n'],
    ['before its \\unrestrict', '\\restrict x\nSELECT 1;\n'],
  ])('that ends %s is refused', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ message: expect.stringMatching(/not whole/) });
  });

  test('that is not UTF-8 is refused', async () => {
    const bytes = async function* () {
      yield Buffer.from([0x73, 0xff, 0x0a]);
    };
    await expect(readScript(bytes()).next()).rejects.toMatchObject({ code: 'invalid' });
  });
});
