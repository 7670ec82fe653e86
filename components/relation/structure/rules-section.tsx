import { Badge } from '@/components/ui/badge';
import type { RelationDetail, RelationTrigger } from '@/lib/api-types';
import { Code, FactRow, FactsTable, Name, Section } from './section';

const enabledWords: Record<RelationTrigger['enabled'], string> = {
  origin: 'enabled',
  always: 'enabled always',
  replica: 'on replicas only',
  disabled: 'disabled',
};

const triggerColumns = [
  { name: 'Trigger', width: '28%' },
  { name: 'State', width: '120px' },
  { name: 'Definition' },
];

/** What runs when rows change. */
export function TriggersSection({ relation: { triggers } }: { relation: RelationDetail }) {
  if (triggers.length === 0) return null;
  return (
    <Section title="Triggers" count={triggers.length}>
      <FactsTable caption="Triggers" columns={triggerColumns}>
        {triggers.map((trigger) => (
          <FactRow key={trigger.name}>
            <td>
              <Name>{trigger.name}</Name>
            </td>
            <td>
              <Badge tone={trigger.enabled === 'disabled' ? 'warning' : 'neutral'}>
                {enabledWords[trigger.enabled]}
              </Badge>
            </td>
            <td>
              <Code>{trigger.definition}</Code>
            </td>
          </FactRow>
        ))}
      </FactsTable>
    </Section>
  );
}

const policyColumns = [
  { name: 'Policy', width: '20%' },
  { name: 'Command', width: '110px' },
  { name: 'Roles', width: '16%' },
  { name: 'Rows it lets be seen (using)' },
  { name: 'Rows it lets be written (check)' },
];

/** Who may see and write which rows; says so where row-level security has no policy, or policies have no effect. */
export function PoliciesSection({ relation }: { relation: RelationDetail }) {
  const { policies, row_security: isOn } = relation;
  if (policies.length === 0 && !isOn) return null;
  return (
    <Section title="Policies" count={policies.length}>
      {isOn && policies.length === 0 ? (
        <Remark>Row-level security is on and no policy lets anybody in: only the owner sees rows.</Remark>
      ) : null}
      {isOn ? null : <Remark>Row-level security is off: these policies have no effect.</Remark>}
      {policies.length === 0 ? null : (
        <FactsTable caption="Policies" columns={policyColumns}>
          {policies.map((policy) => (
            <FactRow key={policy.name}>
              <td>
                <Name>{policy.name}</Name>
                {policy.permissive ? null : <Badge className="ml-1">restrictive</Badge>}
              </td>
              <td className="text-ink-soft">{policy.command}</td>
              <td>
                <Name>{policy.roles.join(', ')}</Name>
              </td>
              <td>{policy.using === null ? null : <Code>{policy.using}</Code>}</td>
              <td>{policy.check === null ? null : <Code>{policy.check}</Code>}</td>
            </FactRow>
          ))}
        </FactsTable>
      )}
    </Section>
  );
}

function Remark({ children }: { children: string }) {
  return <p className="border-line border-t bg-warning-soft px-4 py-1.5 text-warning">{children}</p>;
}
