'use client';

import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { Connection } from '@/lib/sql/connection-text';

export const emptyConnection: Connection = {
  host: '',
  port: '5432',
  database: 'postgres',
  user: '',
  password: '',
  sslmode: '',
};

const tlsModes = [
  ['', 'Verified (verify-full); this machine itself without'],
  ['verify-full', 'verify-full: the certificate and the host name'],
  ['verify-ca', 'verify-ca: the certificate alone'],
  ['require', 'require: encrypted, nothing verified'],
  ['disable', 'disable: not encrypted, only near by'],
] as const;

export type ConnectionFieldsProps = {
  /** What the fields are for: their group's name. */
  legend: string;
  value: Connection;
  onChange: (value: Connection) => void;
  /** Only the login is asked for: it goes to where another connection goes. */
  isLoginOnly?: boolean;
};

/** Host, port, database, role, password and TLS, each by itself. */
export function ConnectionFields({ legend, value, onChange, isLoginOnly }: ConnectionFieldsProps) {
  const put = (part: Partial<Connection>) => onChange({ ...value, ...part });
  return (
    <fieldset className="grid grid-cols-6 gap-x-3 gap-y-2">
      <legend className="mb-1 font-medium">{legend}</legend>
      {isLoginOnly ? null : (
        <>
          <Text label="Host" className="col-span-4" value={value.host} onChange={(host) => put({ host })} />
          <Text label="Port" className="col-span-2" value={value.port} onChange={(port) => put({ port })} />
          <Text
            label="Database"
            className="col-span-6 sm:col-span-2"
            value={value.database}
            onChange={(database) => put({ database })}
          />
        </>
      )}
      <Text
        label="Role"
        className="col-span-6 sm:col-span-2"
        value={value.user}
        onChange={(user) => put({ user })}
      />
      <Text
        label="Password of the role"
        type="password"
        className="col-span-6 sm:col-span-2"
        value={value.password}
        onChange={(password) => put({ password })}
      />
      {isLoginOnly ? null : (
        <Field label="TLS" className="col-span-6">
          {(control) => (
            <Select
              {...control}
              value={value.sslmode}
              onChange={(event) => put({ sslmode: event.target.value })}
            >
              {tlsModes.map(([mode, words]) => (
                <option key={mode} value={mode}>
                  {words}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </fieldset>
  );
}

type TextProps = {
  label: string;
  value: string;
  className: string;
  type?: 'password';
  onChange: (value: string) => void;
};

function Text({ label, value, className, type, onChange }: TextProps) {
  return (
    <Field label={label} className={className}>
      {(control) => (
        <Input
          {...control}
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete={type === undefined ? 'off' : 'new-password'}
          spellCheck={false}
          className="font-mono"
        />
      )}
    </Field>
  );
}
