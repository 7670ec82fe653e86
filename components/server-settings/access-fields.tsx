'use client';

import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { type Connection, connectionUrl } from '@/lib/sql/connection-text';
import { ConnectionFields, emptyConnection } from './connection-fields';
import { PasteConnection } from './paste-connection';
import { RoleScript } from './role-script';

/** The ways in: a role that makes the others, or the two that a DBA made. */
export type Way = 'superuser' | 'owner' | 'roles';
export type Access = { way: Way; connection: Connection; writer: Connection; ca: string };

export const noAccess: Access = {
  way: 'superuser',
  connection: emptyConnection,
  writer: emptyConnection,
  ca: '',
};

/** What the API takes for an access. */
export function accessBody({ way, connection, writer, ca }: Access) {
  const tls_ca = ca.trim() === '' ? null : ca;
  if (way !== 'roles') return { url: connectionUrl(connection), tls_ca };
  const { user, password } = writer;
  const write_url = user === '' ? null : connectionUrl({ ...connection, user, password });
  return { read_url: connectionUrl(connection), write_url, tls_ca };
}

const ways = [
  ['superuser', 'A superuser', 'Makes everything. Howdah keeps it for backups and confirmed work.'],
  ['owner', 'An owner with CREATEROLE', 'No superuser; must own the databases that are to be granted.'],
  ['roles', 'Roles that a DBA makes', 'A reader and a writer by a script; Howdah then owns nothing there.'],
] as const;

export type AccessFieldsProps = { value: Access; onChange: (value: Access) => void };

/** How Howdah gets in: the way, the address, the logins, and the authority that signed the server's certificate. */
export function AccessFields({ value, onChange }: AccessFieldsProps) {
  const { way, connection, writer, ca } = value;
  const put = (part: Partial<Access>) => onChange({ ...value, ...part });
  return (
    <>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium">The way in</legend>
        {ways.map(([each, title, words]) => (
          <label key={each} className="flex items-baseline gap-2">
            <input type="radio" name="way" checked={way === each} onChange={() => put({ way: each })} />
            <span>
              {title}
              <span className="ml-2 text-ink-soft">{words}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {way === 'roles' ? (
        <RoleScript
          onDrafted={({ read, write }) =>
            put({ connection: { ...connection, ...read }, writer: { ...writer, ...write } })
          }
        />
      ) : null}
      <PasteConnection onRead={(read) => put({ connection: { ...read, port: read.port || '5432' } })} />
      <ConnectionFields
        legend={way === 'roles' ? 'The reader' : 'Connection'}
        value={connection}
        onChange={(next) => put({ connection: next })}
      />
      {way === 'roles' ? (
        <ConnectionFields
          legend="The writer, if there is one"
          value={writer}
          onChange={(next) => put({ writer: next })}
          isLoginOnly
        />
      ) : null}
      <Certificate value={ca} onChange={(next) => put({ ca: next })} />
    </>
  );
}

function Certificate({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer text-ink-soft">CA certificate of the server</summary>
      <div className="mt-2 flex flex-col gap-2">
        <input
          type="file"
          aria-label="File of the CA certificate"
          accept=".pem,.crt,.cer,application/x-pem-file"
          onChange={async (event) => onChange((await event.target.files?.[0]?.text()) ?? '')}
          className="text-sm"
        />
        <Field
          label="Certificates in PEM form"
          hint="Without one, the authorities that this machine knows count."
        >
          {(control) => (
            <Textarea
              {...control}
              rows={4}
              value={value}
              onChange={(event) => onChange(event.target.value)}
              placeholder="-----BEGIN CERTIFICATE-----"
              spellCheck={false}
              className="font-mono"
            />
          )}
        </Field>
      </div>
    </details>
  );
}
