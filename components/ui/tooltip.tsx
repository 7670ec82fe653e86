'use client';

import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Kbd } from './kbd';

export type TooltipProps = {
  label: ReactNode;
  /** Keys that do the same, one string a key. */
  keys?: readonly string[];
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that can hold a ref and take focus: a button or a link. */
  children: ReactNode;
};

/** A name for an icon, on hover and on focus. Never the only place where something is said. */
export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={400}>
      <Radix.Root>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className="z-50 flex max-w-[280px] items-center gap-1.5 rounded-md border border-line bg-raised px-2 py-1 text-ink text-sm shadow-pop"
          >
            {label}
            {keys?.map((key) => (
              <Kbd key={key}>{key}</Kbd>
            ))}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
