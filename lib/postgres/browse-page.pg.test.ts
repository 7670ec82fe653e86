import { afterAll, beforeAll, expect, test } from 'vitest';
import { browseRows, openSource } from '../run-browse';
import type { Actor } from '../server';
import { actorOf, type Fixture, openFixture } from '../testing/fixture';
import { planPage } from './browse-page';

let fixture: Fixture;
let actor: Actor;

beforeAll(async () => {
  fixture = await openFixture(`
    create table deep (id int primary key, a int, b text, c int not null, tenant int not null, code text not null);
    insert into deep
      select i, nullif(i % 7, 0), case when i % 4 > 0 then 'b' || i % 9 end, i % 11, i % 5, 'c' || i
      from generate_series(1, 5000) i;
    create index on deep (a, id);
    create index on deep (a desc, b, id);
    create index on deep (b, a, id);
    create index on deep (c, id);
    create table pairs (tenant int not null, code text not null, body text, unique (tenant, code));
    insert into pairs select i % 50, 'c' || i, 'x' from generate_series(1, 5000) i;
    analyze deep, pairs;
  `);
  await fixture.onTarget.query(
    'set enable_seqscan = off; set enable_sort = off; set enable_bitmapscan = off',
  );
  actor = await actorOf('reviewer');
});
afterAll(() => fixture.close());

type PlanNode = { 'Node Type': string; 'Index Cond'?: string; Filter?: string; Plans?: PlanNode[] };

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

const placeOf = (relation: string) => ({
  ...{ server: 'demo', database: fixture.target.name, schema: 'public', relation },
});

async function explain(relation: string, request: Parameters<typeof planPage>[1]): Promise<PlanNode[]> {
  const { source } = await openSource(actor, placeOf(relation));
  const { sql, params } = planPage(source, request);
  const { rows } = await fixture.onTarget.query(`explain (format json) ${sql}`, params);
  const plan = rows[0]['QUERY PLAN'][0].Plan as PlanNode;
  return nodesOf(plan);
}

test.each([
  ['deep', undefined],
  ['deep', 'id.desc'],
  ['deep', 'a'],
  ['deep', 'a.desc'],
  ['deep', 'c'],
  ['deep', 'c.desc'],
  ['deep', 'a.desc,b'],
  ['deep', 'b,a'],
  ['deep', 'b.desc,a.desc'],
  ['pairs', undefined],
  ['pairs', 'tenant.desc,code.desc'],
])('S65: deep pages of %s sorted by %s filter no key column after the index', async (relation, sort) => {
  const request = { limit: 100, filters: [], sort };
  const turn = (more: object) =>
    browseRows(actor, placeOf(relation), { ...request, ...more }, new AbortController().signal);
  // Within values, and within the NULLs where there are some.
  for (const at of [0.1, 0.5, 0.97]) {
    const { next, previous } = await turn({ at });
    for (const cursor of [{ after: next ?? '' }, { before: previous ?? '' }]) {
      const nodes = await explain(relation, { ...request, ...cursor });
      const scans = nodes.filter(
        (node) => node['Node Type'].includes('Scan') && node['Node Type'].includes('Index'),
      );
      expect(scans.length).toBeGreaterThan(0);
      expect(scans.filter((node) => node['Index Cond'] === undefined)).toEqual([]);
      expect(nodes.flatMap(({ Filter }) => Filter ?? [])).toEqual([]);
      expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    }
  }
});
