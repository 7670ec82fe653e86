'use client';

import { clsx } from 'clsx';
import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';

/** The row under which tabs stand, and one tab: also for links that act as tabs (`aria-current="page"`). */
export const tabListStyle = 'flex h-9 items-stretch gap-4 border-line border-b px-3';
export const tabStyle =
  '-mb-px inline-flex items-center gap-1.5 border-b-2 border-transparent text-ink-soft hover:text-ink ' +
  'data-[state=active]:border-accent data-[state=active]:text-ink ' +
  'aria-[current=page]:border-accent aria-[current=page]:text-ink';

/** Radix's own Root, under our name: `value` and `onValueChange`, or `defaultValue`. */
export const Tabs = Radix.Root;

/** Radix's own Content: `value`. */
export const TabPanel = Radix.Content;

/** The row of tabs; give it an `aria-label`. */
export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={clsx(tabListStyle, className)} {...rest} />;
}

/** One tab: `value` and words. */
export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return <Radix.Trigger className={clsx(tabStyle, className)} {...rest} />;
}
