'use client';

import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import type { Environment } from '@/lib/api-types';

export type Identity = { name: string; slug: string; environment: Environment };

/** A name as the word that stands in addresses. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}

export type IdentityFieldsProps = {
  value: Identity;
  onChange: (value: Identity) => void;
  /** The slug stands in addresses and histories: once given it stays. */
  hasSlug: boolean;
};

/** What a server is called, and what it is for. */
export function IdentityFields({ value, onChange, hasSlug }: IdentityFieldsProps) {
  const rename = (name: string) =>
    onChange({ ...value, name, slug: value.slug === slugOf(value.name) ? slugOf(name) : value.slug });
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Name">
        {(control) => (
          <Input {...control} value={value.name} onChange={(event) => rename(event.target.value)} required />
        )}
      </Field>
      {hasSlug ? null : (
        <Field label="Slug" hint="The word in addresses; it stays.">
          {(control) => (
            <Input
              {...control}
              value={value.slug}
              onChange={(event) => onChange({ ...value, slug: event.target.value })}
              className="font-mono"
              spellCheck={false}
              required
            />
          )}
        </Field>
      )}
      <Field label="Environment" hint="Production is red and asks twice.">
        {(control) => (
          <Select
            {...control}
            value={value.environment}
            onChange={(event) => onChange({ ...value, environment: event.target.value as Environment })}
          >
            <option value="production">production</option>
            <option value="staging">staging</option>
            <option value="development">development</option>
          </Select>
        )}
      </Field>
    </div>
  );
}
