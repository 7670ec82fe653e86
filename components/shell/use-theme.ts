'use client';

import { callApi } from '../jobs/call-api';
import { useStored } from './use-stored';

export type Theme = 'light' | 'dark' | 'system';

/**
 * The chosen theme and its setter; the theme script puts the choice on <html>. It is kept for the user first, so that the
 * next page, whose server asks for it, does not take it back.
 */
export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  const [stored, store] = useStored('howdah-theme');
  const setTheme = (next: Theme) => {
    void callApi('PATCH', '/api/v1/profile', { theme: next }).then(() => store(next));
  };
  const theme = stored === 'light' || stored === 'dark' ? stored : 'system';
  return { theme, setTheme };
}
