import type { ComponentProps } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** The field for the name that somebody signs in with. */
export function UserName(props: Pick<ComponentProps<'input'>, 'autoFocus' | 'maxLength'>) {
  return (
    <Field label="User name">
      {(control) => (
        <Input
          {...control}
          {...props}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          className="h-9"
        />
      )}
    </Field>
  );
}
