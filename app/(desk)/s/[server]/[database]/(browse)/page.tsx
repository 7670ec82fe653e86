import { ObjectPage } from '@/components/objects/object-page';
import { RelationList } from '@/components/objects/relation-list';
import { relationFilter } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listDatabaseRelations } from '@/lib/run-relations';

export const metadata = { title: 'Tables' };

export default page('browse', async (actor, { path, query }) => {
  const filter = parse(relationFilter, { limit: 200, ...query, ...path });
  const kinds = filter.kind ?? ['table', 'partitioned_table', 'foreign_table'];
  const { items, next } = await listDatabaseRelations(actor, filter, { ...filter, kinds });
  return (
    <ObjectPage
      place={filter}
      list=""
      view={filter}
      params={(filter.kind ?? []).map((kind) => ['kind', kind])}
      next={next}
      count={items.length}
      empty="Tables that your level may see would be here. A migration or a CREATE TABLE on the SQL page brings one."
    >
      <RelationList place={filter} items={items} caption="Tables" />
    </ObjectPage>
  );
});
