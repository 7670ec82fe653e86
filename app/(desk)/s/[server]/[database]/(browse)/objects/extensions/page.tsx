import { ExtensionList } from '@/components/objects/extension-list';
import { ObjectPage } from '@/components/objects/object-page';
import { objectFilter } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listDatabaseExtensions } from '@/lib/run-relations';

export const metadata = { title: 'Extensions' };

export default page('browse', async (actor, { path, query }) => {
  const filter = parse(objectFilter, { ...query, ...path });
  const wanted = (filter.q ?? '').toLowerCase();
  const all = await listDatabaseExtensions(actor, filter);
  const items = all.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <ObjectPage
      place={filter}
      list="objects/extensions"
      view={filter}
      next={null}
      count={items.length}
      empty="Extensions add types, functions and more: CREATE EXTENSION, at owner level, installs one."
    >
      <ExtensionList items={items} />
    </ObjectPage>
  );
});
