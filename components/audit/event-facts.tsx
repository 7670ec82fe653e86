import type { ReactNode } from 'react';
import { Time } from '@/components/ui/time';
import type { AuditEntry } from '@/lib/audit-types';
import { kindWords } from './words';

/** Every fact that the audit log keeps about an event. */
export function EventFacts({ entry }: { entry: AuditEntry }) {
  const detail = Object.entries(entry.detail);
  return (
    <dl className="grid grid-cols-[112px_1fr] text-sm lg:grid-cols-[112px_1fr_112px_1fr]">
      <Fact name="Kind">{kindWords[entry.kind]}</Fact>
      <Fact name="Action">{entry.action}</Fact>
      <Fact name="By">{`${entry.user} (${entry.via.replaceAll('_', ' ')})`}</Fact>
      <Fact name="From">{entry.address}</Fact>
      <Fact name="Begun">
        <Time value={entry.at} />
      </Fact>
      <Fact name="Ended">{entry.ended_at === null ? null : <Time value={entry.ended_at} />}</Fact>
      <Fact name="Browser">{entry.user_agent}</Fact>
      <Fact name="Error">{entry.error_code}</Fact>
      {detail.map(([name, value]) => (
        <Fact key={name} name={name}>
          {typeof value === 'string' ? value : JSON.stringify(value)}
        </Fact>
      ))}
      <Fact name="Event">{entry.id}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="py-0.5 text-ink-soft">{name}</dt>
      <dd className="min-w-0 whitespace-pre-wrap break-words py-0.5">{children ?? '–'}</dd>
    </>
  );
}
