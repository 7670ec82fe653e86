'use client';

import { useId, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Time } from '@/components/ui/time';
import type { AuditEntry } from '@/lib/audit-types';
import { EventFacts } from './event-facts';
import { actionWords, resultTones, resultWords, subjectWords } from './words';

/** One event as a row that opens to all of its facts; on a phone the small ones stand under the subject. */
export function ActivityRow({ entry }: { entry: AuditEntry }) {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <>
      <tr className="relative h-7 border-line border-b focus-within:bg-accent-soft hover:bg-hover [&>td]:overflow-hidden [&>td]:text-ellipsis [&>td]:whitespace-nowrap [&>td]:px-2 [&>td:first-child]:pl-4 [&>td:last-child]:pr-4">
        <td className="max-md:py-1.5 max-md:align-top">
          <Badge tone={resultTones[entry.result]}>{resultWords[entry.result]}</Badge>
        </td>
        <td className="text-ink-soft max-md:hidden">
          <Time value={entry.at} />
        </td>
        <td className="max-md:hidden">{entry.user}</td>
        <td className="max-md:hidden">{actionWords(entry.action)}</td>
        <td className="max-md:py-1.5">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setIsOpen(!isOpen)}
            className="max-w-full truncate text-left outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
          >
            {subjectWords(entry)}
          </button>
          <div className="flex flex-wrap gap-x-2 text-ink-soft text-sm md:hidden">
            <span>{actionWords(entry.action)}</span>
            <span>{entry.user}</span>
            <Time value={entry.at} />
          </div>
        </td>
        <td className="font-mono text-ink-soft text-sm max-xl:hidden">{entry.address ?? '–'}</td>
      </tr>
      <tr id={id} hidden={!isOpen} className="border-line border-b bg-surface">
        <td colSpan={6} className="px-4 py-2">
          {isOpen ? <EventFacts entry={entry} /> : null}
        </td>
      </tr>
    </>
  );
}
