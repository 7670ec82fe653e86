import type { ReactNode } from 'react';
import { Section } from '@/components/relation/structure/section';
import type { Check, DatabaseHealth, Environment } from '@/lib/api-types';
import type { DatabasePlace } from '../shell/place';
import { FactsView } from './facts-view';
import { IndexesView } from './indexes-view';
import { BackendList } from './notable-backends';
import { StatementsView } from './statements-view';
import { TablesView } from './tables-view';

export type HealthViewProps = {
  place: DatabasePlace;
  health: DatabaseHealth;
  /** The environment, for who may maintain tables here; null for who may not. */
  maintained: Environment | null;
};

/** Every check of a database; one that could not be made says why in its place. */
export function HealthView({ place, health, maintained }: HealthViewProps) {
  const since = health.facts.value?.since ?? null;
  return (
    <div className="flex flex-col gap-4 pb-6">
      <Part title="Counters" check={health.facts}>
        {(facts) => <FactsView facts={facts} />}
      </Part>
      <Part title="Long and waiting sessions" check={health.sessions}>
        {(list) => <BackendList server={place.server} list={list} />}
      </Part>
      <Part title="Largest tables" check={health.tables}>
        {(tables) => <TablesView place={place} tables={tables} maintained={maintained} />}
      </Part>
      <Part title="Indexes that do not help" check={health.indexes}>
        {(indexes) => <IndexesView place={place} indexes={indexes} since={since} maintained={maintained} />}
      </Part>
      <Part title="Statements that took the most time" check={health.statements}>
        {(statements) => <StatementsView statements={statements} />}
      </Part>
    </div>
  );
}

type PartProps<T> = { title: string; check: Check<T>; children: (value: T) => ReactNode };

function Part<T>({ title, check, children }: PartProps<T>) {
  return (
    <Section title={title}>
      {check.why === null ? (
        children(check.value)
      ) : (
        <p className="px-4 text-ink-soft [overflow-wrap:anywhere]">{`Not known: ${check.why}`}</p>
      )}
    </Section>
  );
}
