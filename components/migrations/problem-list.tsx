import { Info, TriangleAlert } from 'lucide-react';
import { CopyButton } from '@/components/ui/copy-button';
import type { MigrationProblem } from '@/lib/api-types';

/** What is odd about a history, warnings first, each with what to run about it. */
export function ProblemList({ problems }: { problems: readonly MigrationProblem[] }) {
  if (problems.length === 0) return null;
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  const hints = problems.filter(({ severity }) => severity === 'hint');
  return (
    <ul aria-label="Problems" className="flex flex-col gap-2 border-line border-b px-3 py-2.5">
      {[...warnings, ...hints].map((problem) => (
        <Problem key={problem.code + problem.message} problem={problem} />
      ))}
    </ul>
  );
}

function Problem({ problem: { severity, message, fix } }: { problem: MigrationProblem }) {
  const icon =
    severity === 'warning' ? (
      <TriangleAlert role="img" aria-label="Warning" className="mt-0.5 size-4 shrink-0 text-warning" />
    ) : (
      <Info role="img" aria-label="Hint" className="mt-0.5 size-4 shrink-0 text-ink-faint" />
    );
  return (
    <li className="flex gap-2">
      {icon}
      <div className="min-w-0">
        <p className="max-w-[820px] break-words">{message}</p>
        {fix === undefined ? null : (
          <p className="mt-0.5 flex items-start gap-1">
            <code className="min-w-0 break-words pt-0.5 font-mono text-ink-soft text-sm">{fix}</code>
            <CopyButton text={fix} label={`Copy ${fix}`} />
          </p>
        )}
      </div>
    </li>
  );
}
