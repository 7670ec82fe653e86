'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';

const choices = [1, 2, 4, 8, 16];

export type JobsFieldProps = { value: number; onChange: (value: number) => void };

/** Asks by how many jobs a database is dumped into a folder. */
export function JobsField({ value, onChange }: JobsFieldProps) {
  return (
    <Field
      label="Tables at once"
      hint="Each is a connection to the server. The folder needs room beside the backups until it is packed, and is not encrypted meanwhile."
    >
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(Number(event.target.value))}>
          {choices.map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
