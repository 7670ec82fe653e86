import { RelationFrame } from '@/components/relation/relation-frame';
import { Structure } from '@/components/relation/structure/structure';
import { nameOf } from '@/components/shell/place';
import { relationPlace } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { whereToMaintain } from '@/lib/run-maintenance';
import { describeDatabaseRelation } from '@/lib/run-relations';

export async function generateMetadata({ params }: { params: Promise<{ relation: string }> }) {
  return { title: `${nameOf((await params).relation)}, structure` };
}

export default page('browse', async (actor, { path }) => {
  const place = parse(relationPlace, path);
  const [relation, environment] = await Promise.all([
    describeDatabaseRelation(actor, place),
    whereToMaintain(actor, place.server),
  ]);
  return (
    <RelationFrame place={place} relation={relation} tab="structure">
      <Structure place={place} relation={relation} maintained={environment} />
    </RelationFrame>
  );
});
