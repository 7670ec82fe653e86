import { ObjectPage } from '@/components/objects/object-page';
import { TypeList } from '@/components/objects/type-list';
import { objectFilter } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listDatabaseTypes } from '@/lib/run-relations';

export const metadata = { title: 'Types' };

export default page('browse', async (actor, { path, query }) => {
  const filter = parse(objectFilter, { ...query, ...path });
  const { items, next } = await listDatabaseTypes(actor, filter, filter);
  return (
    <ObjectPage
      place={filter}
      list="objects/types"
      view={filter}
      next={next}
      count={items.length}
      empty="Enums, domains, composites and ranges that people made would be here: CREATE TYPE makes one."
    >
      <TypeList items={items} />
    </ObjectPage>
  );
});
