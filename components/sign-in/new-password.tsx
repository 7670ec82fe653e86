'use client';

import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** The least length that the API takes. */
const shortest = 10;

export type NewPasswordProps = { password: string; onChange: (password: string) => void; label?: string };

/** A field for a password that is chosen now. */
export function NewPassword({ password, onChange, label = 'Password' }: NewPasswordProps) {
  return (
    <Field label={label} hint={`At least ${shortest} characters; long is better than odd.`}>
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete="new-password"
          required
          minLength={shortest}
          maxLength={1000}
          value={password}
          onChange={(event) => onChange(event.target.value)}
          className="h-9"
        />
      )}
    </Field>
  );
}
