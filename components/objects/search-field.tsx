'use client';

import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { Input } from '@/components/ui/input';

const debounceMs = 250;

/** A parameter of a URL, by name and value; one name may come several times. */
export type Param = readonly [name: string, value: string];

export type SearchFieldProps = {
  label: string;
  /** The page that searches: `?q=` is added to it. */
  path: string;
  /** What is searched for now. */
  q: string;
  /** Further parameters of the page, which the search keeps. */
  kept?: readonly Param[];
};

/** A search that follows the typing after a short pause; its text is in the URL. */
export function SearchField({ label, path, q, kept = [] }: SearchFieldProps) {
  const router = useRouter();
  const [text, setText] = useState(q);
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const go = (next: string) => {
    const wanted = next.trim();
    const params = new URLSearchParams(kept.map(([name, value]) => [name, value]));
    if (wanted !== '') params.set('q', wanted);
    startTransition(() => router.replace(params.size === 0 ? path : `${path}?${params}`));
  };
  return (
    <search className="relative block max-w-[320px]">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          clearTimeout(timer.current);
          go(text);
        }}
      >
        <Search aria-hidden className="absolute top-2 left-2 size-3 text-ink-faint" />
        <Input
          type="search"
          name="q"
          aria-label={label}
          placeholder={label}
          value={text}
          spellCheck={false}
          autoComplete="off"
          className="pl-7"
          onChange={({ target }) => {
            setText(target.value);
            clearTimeout(timer.current);
            timer.current = setTimeout(() => go(target.value), debounceMs);
          }}
        />
      </form>
      <span role="status" className="sr-only">
        {isPending ? 'Searching' : ''}
      </span>
    </search>
  );
}
