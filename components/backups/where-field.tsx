'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { BackupChoices, BackupDestination } from '@/lib/job-types';

const words: Record<BackupDestination, string> = {
  s3: 'The object store',
  local: 'The folder of Howdah’s backups',
};

export type WhereFieldProps = {
  choices: BackupChoices;
  value: BackupDestination;
  onChange: (value: BackupDestination) => void;
};

/** Asks where a backup goes, when there is more than one place. */
export function WhereField({ choices: { destinations }, value, onChange }: WhereFieldProps) {
  if (destinations.length < 2) return null;
  return (
    <Field label="Where to">
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value as BackupDestination)}
        >
          {destinations.map((destination) => (
            <option key={destination} value={destination}>
              {words[destination]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
