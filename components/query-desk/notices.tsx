import { clsx } from 'clsx';
import { formatCount } from '@/components/ui/format';
import type { StatementResult } from './run-state';

/** What the server said beside the result, in the order it was said. */
export function Notices({ notices, noticeCount }: Pick<StatementResult, 'notices' | 'noticeCount'>) {
  const missing = noticeCount - notices.length;
  if (notices.length === 0) return null;
  return (
    <ul
      aria-label="Notices"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-28 shrink-0 overflow-auto border-line border-t px-3 py-1.5"
    >
      {notices.map(({ severity, message }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notices are only ever appended
        <li key={index} className="flex gap-2 font-mono text-sm">
          <span className={clsx('shrink-0', severity === 'WARNING' ? 'text-warning' : 'text-ink-faint')}>
            {severity}
          </span>
          <span className="min-w-0 whitespace-pre-wrap break-words">{message}</span>
        </li>
      ))}
      {missing > 0 ? (
        <li className="text-ink-faint text-sm">{formatCount(missing)} more are not shown.</li>
      ) : null}
    </ul>
  );
}
