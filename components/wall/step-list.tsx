import { FactRow, FactsTable, Section } from '@/components/relation/structure/section';
import { Badge } from '@/components/ui/badge';
import type { StepResult } from '@/lib/wall-types';
import { stepWords } from './wall-words';

const stepColumns = [
  { name: 'Step', width: '40%' },
  { name: 'Needed', width: '100px' },
  { name: 'Result', width: '100px' },
  { name: 'Message' },
];

/** Each step of an enrolment with what came of it, in the order in which they were taken. */
export function StepList({ steps }: { steps: StepResult[] }) {
  return (
    <Section title="Steps of enrolment" count={steps.length}>
      <FactsTable caption="Steps of enrolment" columns={stepColumns}>
        {steps.map(({ title, is_required, status, message }) => (
          <FactRow key={title}>
            <td>{title}</td>
            <td className="text-ink-soft">{is_required ? 'required' : 'optional'}</td>
            <td>
              <Badge tone={stepWords[status].tone}>{stepWords[status].word}</Badge>
            </td>
            <td className="text-ink-soft [overflow-wrap:anywhere]">{message}</td>
          </FactRow>
        ))}
      </FactsTable>
    </Section>
  );
}
