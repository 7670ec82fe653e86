'use client';

import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Select, Textarea } from '@/components/ui/input';
import { type Connection, type ConnectionText, readConnections } from '@/lib/sql/connection-text';

export type PasteConnectionProps = { onRead: (connection: Connection) => void };

/** Takes a URL, the lines of an environment or of Django's settings, and hands on what they say. */
export function PasteConnection({ onRead }: PasteConnectionProps) {
  const [found, setFound] = useState<ConnectionText | null>(null);
  const read = (text: string) => {
    const next = text.trim() === '' ? null : readConnections(text);
    setFound(next);
    const [first] = next?.connections ?? [];
    if (first !== undefined) onRead(first);
  };
  const connections = found?.connections ?? [];
  return (
    <div className="flex flex-col gap-2">
      <Field label="Paste a URL, or what a configuration says" hint={<Said found={found} />}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            onChange={(event) => read(event.target.value)}
            placeholder={'postgres://role:password@host:5432/database\nDB_HOST=… DB_NAME=… DB_USER=…'}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      {connections.length > 1 ? (
        <Field label={`It holds ${connections.length} connections`}>
          {(control) => (
            <Select
              {...control}
              onChange={(event) => {
                const chosen = connections[Number(event.target.value)];
                if (chosen !== undefined) onRead(chosen);
              }}
            >
              {connections.map((each, index) => (
                <option key={JSON.stringify(each)} value={index}>
                  {`${each.user || '?'} at ${each.host || '?'}:${each.port || '5432'}/${each.database}`}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
    </div>
  );
}

function Said({ found }: { found: ConnectionText | null }) {
  if (found === null) return 'It fills in the fields below; nothing is sent yet.';
  if (found.connections.length === 0) return 'No connection is found in this text.';
  if (found.ignored.length === 0) return 'Read into the fields below.';
  return `Read into the fields below, without ${found.ignored.join(', ')}: they could name files or other hosts.`;
}
