'use client';

import type { ReactNode } from 'react';
import type { NewLink } from '@/lib/account-types';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Time } from '../ui/time';

export type LinkFootProps = { isMade: boolean; onClose: () => void; children: ReactNode };

/** The buttons of a dialog that makes a link: `children` makes it, and once it is made it can only be put away. */
export function LinkFoot({ isMade, onClose, children }: LinkFootProps) {
  if (isMade) {
    return (
      <Button variant="primary" onClick={onClose}>
        Done
      </Button>
    );
  }
  return (
    <>
      <Button onClick={onClose}>Close</Button>
      {children}
    </>
  );
}

/** A one-time link, shown this once. */
export function LinkNote({ link, username }: { link: NewLink; username: string }) {
  const address = `${location.origin}${link.path}`;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={`One-time link for ${username}`}
        hint={
          <>
            Hand it over yourself. It is not shown again, works once, and until{' '}
            <Time value={link.expires_at} />.
          </>
        }
      >
        {(control) => (
          <Input
            {...control}
            readOnly
            value={address}
            onFocus={(event) => event.target.select()}
            className="font-mono text-sm"
          />
        )}
      </Field>
      <div>
        <CopyButton text={address} label="Copy the link" hasText />
      </div>
    </div>
  );
}
