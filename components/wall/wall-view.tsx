import { ShieldCheck } from 'lucide-react';
import { FactRow, FactsTable, Section } from '@/components/relation/structure/section';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { Gap, GrantsReport, LevelReport, WallReport } from '@/lib/wall-types';
import { StepList } from './step-list';
import { levelWords, severityWords, verdictWords } from './wall-words';

/** What was last found about a server's wall: verdicts, gaps, what is withheld, and the steps that made it. */
export function WallView({ report }: { report: WallReport }) {
  if (report.levels.length === 0) {
    return (
      <EmptyState title="Not tried yet" icon={<ShieldCheck />}>
        The wall is tried at enrolment and every night.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-4 pb-6">
      {report.levels.map((level) => (
        <LevelSection key={level.level} report={level} />
      ))}
      {report.checked_at ? (
        <p className="px-4 text-ink-soft text-sm">
          Last tried <Time value={report.checked_at} />
        </p>
      ) : null}
      <GrantsSection grants={report.grants} />
      <StepList steps={report.steps} />
    </div>
  );
}

function LevelSection({ report: { level, verdict, reason, gaps } }: { report: LevelReport }) {
  const { word, tone } = verdictWords[verdict];
  return (
    <Section title={levelWords[level]} actions={<Badge tone={tone}>{word}</Badge>}>
      {reason ? <p className="px-4 pb-2 text-danger">{reason}</p> : null}
      {gaps.length > 0 ? (
        <FactsTable caption={`Findings at the ${level} level`} columns={findingColumns}>
          {gaps.map((gap) => (
            <FindingRow key={`${gap.database} ${gap.message}`} gap={gap} />
          ))}
        </FactsTable>
      ) : null}
    </Section>
  );
}

const findingColumns = [
  { name: 'Weight', width: '90px' },
  { name: 'Database', width: '16%' },
  { name: 'Finding' },
  { name: 'What to do', width: '30%' },
];

function FindingRow({ gap: { severity, database, message, fix } }: { gap: Gap }) {
  const { word, tone } = severityWords[severity];
  return (
    <FactRow>
      <td>
        <Badge tone={tone}>{word}</Badge>
      </td>
      <td className="font-mono text-sm">{database}</td>
      <td className="[overflow-wrap:anywhere]">{message}</td>
      <td className="text-ink-soft [overflow-wrap:anywhere]">{fix}</td>
    </FactRow>
  );
}

const withheldColumns = [
  { name: 'Relation', width: '30%' },
  { name: 'Withheld', width: '30%' },
  { name: 'Why' },
];

function GrantsSection({ grants }: { grants: GrantsReport[] }) {
  const withheld = grants.flatMap((report) =>
    report.withheld.map((entry) => ({ ...entry, database: report.database })),
  );
  const problems = grants.flatMap(({ database, problems }) => problems.map((text) => `${database}: ${text}`));
  return (
    <Section title="Withheld" count={withheld.length}>
      {problems.map((problem) => (
        <p key={problem} className="px-4 pb-1 text-danger text-sm [overflow-wrap:anywhere]">
          {problem}
        </p>
      ))}
      {withheld.length > 0 ? (
        <FactsTable caption="Withheld" columns={withheldColumns}>
          {withheld.map(({ database, schema, relation, columns, why }) => (
            <FactRow key={`${database}.${schema}.${relation}`}>
              <td className="font-mono text-sm">{`${database}: ${schema}.${relation}`}</td>
              <td className="font-mono text-sm">{columns === null ? 'all of it' : columns.join(', ')}</td>
              <td className="text-ink-soft">{why}</td>
            </FactRow>
          ))}
        </FactsTable>
      ) : null}
    </Section>
  );
}
