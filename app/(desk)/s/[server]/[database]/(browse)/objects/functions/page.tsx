import { ObjectPage } from '@/components/objects/object-page';
import { RoutineList } from '@/components/objects/routine-list';
import { routineFilter } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listDatabaseRoutines } from '@/lib/run-relations';

export const metadata = { title: 'Functions' };

export default page('browse', async (actor, { path, query }) => {
  const filter = parse(routineFilter, { ...query, ...path });
  const { items, next } = await listDatabaseRoutines(actor, filter, filter);
  return (
    <ObjectPage
      place={filter}
      list="objects/functions"
      view={filter}
      option={{
        name: 'extensions',
        isOn: filter.extensions,
        on: 'Show those of extensions',
        off: 'Hide those of extensions',
      }}
      next={next}
      count={items.length}
      empty="Functions, procedures and aggregates of people would be here: CREATE FUNCTION on the SQL page makes one."
    >
      <RoutineList items={items} />
    </ObjectPage>
  );
});
