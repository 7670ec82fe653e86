'use client';

import { useStored } from './use-stored';

export type Theme = 'light' | 'dark' | 'system';

/** The chosen theme and its setter; the theme script puts the choice on <html>. */
export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  const [stored, setTheme] = useStored('howdah-theme');
  const theme = stored === 'light' || stored === 'dark' ? stored : 'system';
  return { theme, setTheme };
}
