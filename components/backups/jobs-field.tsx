'use client';

import { SelectField } from '@/components/ui/select-field';

const choices = ['1', '2', '4', '8', '16'];

export type JobsFieldProps = { value: number; onChange: (value: number) => void };

/** Asks by how many jobs a database is dumped into a folder. */
export function JobsField({ value, onChange }: JobsFieldProps) {
  return (
    <SelectField
      label="Tables at once"
      hint="Each is a connection to the server. The folder needs room beside the backups until it is packed, and is not encrypted meanwhile."
      value={String(value)}
      options={choices.map((count) => [count, count])}
      onChange={(count) => onChange(Number(count))}
    />
  );
}
