import { RelationFrame } from '@/components/relation/relation-frame';
import { RowsDesk } from '@/components/relation/rows-desk';
import { nameOf } from '@/components/shell/place';
import { relationPlace } from '@/lib/browse-schema';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { readColumnLayout } from '@/lib/run-columns';
import { mayEdit } from '@/lib/run-edit';
import { describeDatabaseRelation } from '@/lib/run-relations';

export async function generateMetadata({ params }: { params: Promise<{ relation: string }> }) {
  return { title: nameOf((await params).relation) };
}

export default page('browse', async (actor, { path }) => {
  const place = parse(relationPlace, path);
  const relation = await describeDatabaseRelation(actor, place);
  const { server, database, schema, relation: name } = place;
  const canEdit = await mayEdit(actor, server, relation.kind);
  return (
    <RelationFrame place={place} relation={relation} tab="rows">
      <RowsDesk
        key={JSON.stringify([schema, name])}
        place={{ server, database, schema, name }}
        kind={relation.kind}
        columns={relation.columns.map((column) => ({ name: column.name, type: column.type }))}
        editColumns={canEdit ? relation.columns : null}
        layout={await readColumnLayout(actor, place)}
        references={relation.referenced_by}
      />
    </RelationFrame>
  );
});
