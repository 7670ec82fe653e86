import { ObjectPage } from '@/components/objects/object-page';
import { SequenceList } from '@/components/objects/sequence-list';
import { objectFilter } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listDatabaseSequences } from '@/lib/run-relations';

export const metadata = { title: 'Sequences' };

export default page('browse', async (actor, { path, query }) => {
  const filter = parse(objectFilter, { ...query, ...path });
  const { items, next } = await listDatabaseSequences(actor, filter, filter);
  return (
    <ObjectPage
      place={filter}
      list="objects/sequences"
      view={filter}
      next={next}
      count={items.length}
      empty="Sequences count for identity and serial columns, and come with them."
    >
      <SequenceList place={filter} items={items} />
    </ObjectPage>
  );
});
