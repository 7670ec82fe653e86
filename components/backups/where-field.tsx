'use client';

import { SelectField } from '@/components/ui/select-field';
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
export function WhereField({ choices: { destinations }, ...field }: WhereFieldProps) {
  if (destinations.length < 2) return null;
  return (
    <SelectField label="Where to" options={destinations.map((each) => [each, words[each]])} {...field} />
  );
}
