'use client';

import { createContext, type ReactNode, useContext } from 'react';

const Zone = createContext<string | null>(null);

export type ZoneProviderProps = { zone: string | null; children: ReactNode };

/** Gives the time zone that the viewer has chosen to every Time inside; null for that of the browser. */
export function ZoneProvider({ zone, children }: ZoneProviderProps) {
  return <Zone value={zone}>{children}</Zone>;
}

/** The time zone that the viewer has chosen; null for that of the browser. */
export function useZone(): string | null {
  return useContext(Zone);
}
