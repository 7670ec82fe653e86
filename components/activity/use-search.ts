'use client';

import { useSearchParams } from 'next/navigation';

/** The page's own parameters in the address, and how to change one without loading the page again. */
export function useSearch(): { get: (name: string) => string; set: (name: string, value: string) => void } {
  const params = useSearchParams();
  return {
    get: (name) => params.get(name) ?? '',
    set: (name, value) => {
      const next = new URLSearchParams(params);
      if (value === '') next.delete(name);
      else next.set(name, value);
      const text = next.toString();
      window.history.replaceState(null, '', text === '' ? location.pathname : `?${text}`);
    },
  };
}
