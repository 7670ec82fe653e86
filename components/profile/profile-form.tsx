'use client';

import type { FormEvent } from 'react';
import type { Profile } from '@/lib/account-types';
import { SaveFoot, useSave } from '../settings/save-foot';
import { type Theme, useTheme } from '../shell/use-theme';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input, Select } from '../ui/input';

const themes = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

export type ProfileFormProps = { profile: Profile; zones: readonly string[] };

/** What users choose for themselves. The theme holds at once, the rest when it is saved. */
export function ProfileForm({ profile, zones }: ProfileFormProps) {
  const { theme, setTheme } = useTheme();
  const { note, save } = useSave();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const change = {
      name: String(fields.get('name')).trim() || null,
      time_zone: String(fields.get('time_zone')) || null,
    };
    void save('PATCH', '/api/v1/profile', change);
  };
  return (
    <form onSubmit={submit} className="flex max-w-[480px] flex-col gap-3 px-4 pb-4">
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            name="name"
            defaultValue={profile.name ?? ''}
            maxLength={200}
            autoComplete="name"
          />
        )}
      </Field>
      <Field
        label="Time zone"
        hint="In which Howdah shows its own times. Rows of your databases stay as they are."
      >
        {(control) => (
          <Select {...control} name="time_zone" defaultValue={profile.time_zone ?? ''}>
            <option value="">That of the browser</option>
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Theme">
        {(control) => (
          <Select {...control} value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
            {themes.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <SaveFoot note={note}>
        <Button type="submit" variant="primary">
          Save
        </Button>
      </SaveFoot>
    </form>
  );
}
