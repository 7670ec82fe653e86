import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures';

const half = 4_000_000;

test('a long value opens whole: JSON laid out as it is stored, a bytea as bytes, text to its last line', async ({
  developer,
  blogDatabase,
  marker,
}) => {
  const name = `cells_${marker.replace(/\W/g, '_')}`.toLowerCase();
  await blogDatabase.query(`create table ${name} (id int primary key, doc json, raw bytea, body text);
    grant select on ${name} to howdah_read;
    insert into ${name} values (1,
      ('{"n":1e400,"twice":1.10,"twice":[],"text":"' || repeat('a\\"{', 40000) || '","last":9007199254740993}')::json,
      decode(repeat('00ff41', 40000) || '7a', 'hex'),
      'first line' || e'\\n' || repeat('x', ${half}) || repeat(e'\\u20ac', ${half / 10}) || e'\\nthe last line')`);
  try {
    await developer.goto(`/s/demo/blog/r/public/${name}`);
    const grid = developer.getByRole('grid', { name: `Rows of public.${name}` });
    const open = async (column: number, title: string) => {
      await grid.getByRole('row').last().getByRole('gridcell').nth(column).click();
      await developer.keyboard.press('Space');
      return developer.getByRole('complementary', { name: title });
    };
    const doc = await open(1, 'doc');
    const value = doc.getByRole('region', { name: 'Value of doc' });
    await expect(value).toContainText(
      '{\n  "n": 1e400,\n  "twice": 1.10,\n  "twice": [],\n  "text": "a\\"{a',
    );
    await expect(doc.getByText('only its beginning')).toHaveCount(0);
    await value.press('End');
    await expect(value).toContainText('",\n  "last": 9007199254740993\n}');
    await doc.getByRole('button', { name: 'As stored' }).click();
    await expect(value).toContainText('{"n":1e400,"twice":1.10,"twice":[],"text"');
    await doc.press('Escape');

    const raw = await open(2, 'raw');
    const bytes = raw.getByRole('region', { name: 'Value of raw' });
    await expect(bytes).toContainText('00000000  00 ff 41 00 ff 41 00 ff  ··A··A··\n00000008  41 00 ff');
    await bytes.press('End');
    await expect(bytes).toContainText(/0001d4c0 {2}7a +z$/);
    await raw.press('Escape');

    const body = await open(3, 'body');
    const text = body.getByRole('region', { name: 'Value of body' });
    await expect(body).toContainText('only its beginning was sent');
    await body.getByRole('button', { name: 'Load all of it' }).click();
    await expect(body.getByText(/only its beginning|are here/)).toHaveCount(0);
    await text.press('End');
    await expect(text).toContainText('€\nthe last line');
    const [file] = await Promise.all([
      developer.waitForEvent('download'),
      body.getByRole('link', { name: 'Download' }).click(),
    ]);
    const saved = await readFile(await file.path(), 'utf8');
    expect([saved.length, saved.slice(-15)]).toEqual([11 + half * 1.1 + 14, '€\nthe last line']);
  } finally {
    await blogDatabase.query(`drop table ${name}`);
  }
});
