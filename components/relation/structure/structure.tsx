import { CopyButton } from '@/components/ui/copy-button';
import type { Environment, RelationDetail } from '@/lib/api-types';
import { MaintenanceButton } from '../../maintenance/maintenance-button';
import type { DatabasePlace } from '../../shell/place';
import { ColumnsSection } from './columns-section';
import { ConstraintsSection, RelationLink } from './constraints-section';
import { IndexesSection } from './indexes-section';
import { DependenciesSections, EnumsSection, ReferencedBySection } from './relatives-section';
import { PoliciesSection, TriggersSection } from './rules-section';
import { Section } from './section';

export type StructureProps = {
  place: DatabasePlace;
  relation: RelationDetail;
  /** The environment, for who may maintain tables here; null for who may not. */
  maintained: Environment | null;
};

/** Everything that the catalogue knows of one relation, and the SQL that would make it again. */
export function Structure({ place, relation, maintained }: StructureProps) {
  const { partition_of: parent, schema, name, indexes } = relation;
  const isMaintainable = ['table', 'partitioned_table', 'materialized_view'].includes(relation.kind);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto pt-2 pb-6">
      {parent ? (
        <p className="px-4 text-ink-soft">
          A partition of <RelationLink place={place} {...parent} />.
        </p>
      ) : null}
      {maintained !== null && isMaintainable ? (
        <p className="px-4">
          <MaintenanceButton
            place={place}
            environment={maintained}
            subject={{ schema, name, indexes: indexes.map((index) => index.name) }}
          />
        </p>
      ) : null}
      <ColumnsSection relation={relation} />
      <EnumsSection relation={relation} />
      <ConstraintsSection place={place} relation={relation} />
      <IndexesSection relation={relation} />
      <TriggersSection relation={relation} />
      <PoliciesSection relation={relation} />
      <ReferencedBySection place={place} relation={relation} />
      <DependenciesSections place={place} relation={relation} />
      {relation.definition === undefined ? null : <Sql title="Query" sql={relation.definition} />}
      <Sql title="DDL" sql={relation.ddl} />
    </div>
  );
}

function Sql({ title, sql }: { title: string; sql: string }) {
  return (
    <Section title={title} actions={<CopyButton text={sql} label={`Copy ${title}`} hasText />}>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long SQL scrolls, so the keyboard must reach it
        tabIndex={0}
        className="max-h-[480px] overflow-auto border-line border-y bg-surface px-4 py-2 font-mono text-sm leading-5"
      >
        {sql}
      </pre>
    </Section>
  );
}
