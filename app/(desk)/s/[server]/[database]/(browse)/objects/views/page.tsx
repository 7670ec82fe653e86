import { ObjectPage } from '@/components/objects/object-page';
import { RelationList } from '@/components/objects/relation-list';
import { relationFilter } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listDatabaseRelations } from '@/lib/run-relations';

export const metadata = { title: 'Views' };

export default page('browse', async (actor, { path, query }) => {
  const filter = parse(relationFilter, { limit: 200, ...query, ...path });
  const { items, next } = await listDatabaseRelations(actor, filter, { ...filter, kinds: ['view'] });
  return (
    <ObjectPage
      place={filter}
      list="objects/views"
      view={filter}
      next={next}
      count={items.length}
      empty="Views are queries with a name: CREATE VIEW on the SQL page makes one."
    >
      <RelationList place={filter} items={items} caption="Views" />
    </ObjectPage>
  );
});
