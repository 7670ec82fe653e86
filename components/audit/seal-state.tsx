import { CopyButton } from '@/components/ui/copy-button';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount } from '@/components/ui/format';
import { Time } from '@/components/ui/time';
import type { SealState as State, Verification } from '@/lib/audit-types';
import { VerifyNow } from './verify-now';

/** How far the logs are sealed, when they were last verified, and what did not fit. */
export function SealState({ head, sealed_at, verifications }: State) {
  const bad = verifications.find(({ ok }) => !ok);
  return (
    <section aria-label="Seals" className="flex flex-col gap-2 px-4 pb-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-3 py-2">
        <p className="min-w-0 flex-1 max-md:basis-full">
          {sealed_at === null ? 'Nothing is sealed yet.' : <Sealed at={sealed_at} />}{' '}
          {verifications.map((each) => (
            <Verified key={each.log} verification={each} />
          ))}
        </p>
        {head === null ? null : <Head text={`${head.height}:${head.hash}`} />}
        <VerifyNow />
      </div>
      {bad === undefined ? null : (
        <ErrorState
          title="The record was tampered with"
          cause={bad.first_bad}
          fix="Keep the store as it is, and compare it with a backup of it. What came before this row still fits."
        />
      )}
    </section>
  );
}

function Sealed({ at }: { at: string }) {
  return (
    <>
      Sealed up to <Time value={at} />.
    </>
  );
}

function Verified({ verification: { log, at, ok, checked } }: { verification: Verification }) {
  const what = log === 'history' ? 'Query history' : 'Audit log';
  return (
    <span className={ok ? 'text-ink-soft' : 'text-danger'}>
      {what} verified <Time value={at} />:{' '}
      {ok
        ? `all ${formatCount(checked)} rows fit.`
        : `a row does not fit, after ${formatCount(checked)} that do.`}{' '}
    </span>
  );
}

/** Written down elsewhere, it shows by `npm run verify -- --head` that the tail was cut or the store replaced. */
function Head({ text }: { text: string }) {
  return (
    <span
      className="flex items-center gap-1 text-ink-soft text-sm"
      title="Write it down elsewhere: npm run verify -- --head"
    >
      Head <code className="font-mono">{text.slice(0, 18)}…</code>
      <CopyButton text={text} label="Copy the head" />
    </span>
  );
}
