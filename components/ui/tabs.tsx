'use client';

import { clsx } from 'clsx';
import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { tabListStyle, tabStyle } from './tab-style';

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
