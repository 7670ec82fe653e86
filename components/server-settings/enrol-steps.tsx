import { Badge } from '@/components/ui/badge';
import { stepWords } from '../wall/wall-words';
import type { Enrolment } from './use-enrol';

/** The steps of an enrolment as they are taken; nothing before the first. */
export function EnrolSteps({ isGoing, steps, doing }: Enrolment) {
  if (steps.length === 0 && !isGoing) return null;
  return (
    <section aria-label="Enrolment" className="rounded-lg border border-line bg-surface p-3">
      <p role="status" className="mb-1.5 font-medium empty:hidden">
        {isGoing ? `${doing ?? 'Going on'}…` : null}
      </p>
      <ol aria-label="Steps taken" className="flex flex-col gap-1">
        {steps.map(({ title, status, message }) => (
          <li key={title} className="flex items-baseline gap-2">
            <Badge tone={stepWords[status].tone}>{stepWords[status].word}</Badge>
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {title}
              {message === null ? null : <span className="block text-ink-soft text-sm">{message}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
