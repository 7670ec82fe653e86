import { ObjectPage } from '@/components/objects/object-page';
import { RelationList } from '@/components/objects/relation-list';
import { relationFilter } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listDatabaseRelations } from '@/lib/run-relations';

export const metadata = { title: 'Materialized views' };

export default page('browse', async (actor, { path, query }) => {
  const filter = parse(relationFilter, { limit: 200, ...query, ...path });
  const { items, next } = await listDatabaseRelations(actor, filter, {
    ...filter,
    kinds: ['materialized_view'],
  });
  return (
    <ObjectPage
      place={filter}
      list="objects/materialized-views"
      view={filter}
      next={next}
      count={items.length}
      empty="Materialized views keep the rows of a query until they are refreshed: CREATE MATERIALIZED VIEW makes one."
    >
      <RelationList place={filter} items={items} caption="Materialized views" />
    </ObjectPage>
  );
});
