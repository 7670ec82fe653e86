'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ScheduleEntry } from '@/lib/job-types';

type Keep = NonNullable<ScheduleEntry['keep']>;

/** What is typed; nothing typed anywhere keeps all. */
export type KeepFields = Record<keyof Keep, string>;

const labels: Record<keyof Keep, string> = {
  last: 'Last',
  daily: 'Daily',
  weekly: 'Weekly',
  monthly: 'Monthly',
};
const names = Object.keys(labels) as (keyof Keep)[];

/** The fields for what a schedule keeps. */
export function usualKeep(keep: Keep | null): KeepFields {
  const text = (name: keyof Keep) => (keep === null ? '' : String(keep[name]));
  return { last: text('last'), daily: text('daily'), weekly: text('weekly'), monthly: text('monthly') };
}

/** What the API is told: null, which keeps all, where nothing is typed. */
export function keepOf(fields: KeepFields): Keep | null {
  if (names.every((name) => fields[name].trim() === '')) return null;
  const count = (name: keyof Keep) => Number(fields[name] || 0);
  return { last: count('last'), daily: count('daily'), weekly: count('weekly'), monthly: count('monthly') };
}

export type KeepInputsProps = { value: KeepFields; onChange: (value: KeepFields) => void };

/** How many backups of a schedule are kept. */
export function KeepInputs({ value, onChange }: KeepInputsProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-ink-soft text-sm">Keep</legend>
      <div className="grid grid-cols-4 gap-2">
        {names.map((name) => (
          <Field key={name} label={labels[name]}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                pattern="[0-9]*"
                value={value[name]}
                onChange={(event) => onChange({ ...value, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <p className="text-ink-faint text-sm">
        Nothing typed keeps all. The last good backup, the last proven one, and those taken by hand always
        stay.
      </p>
    </fieldset>
  );
}
