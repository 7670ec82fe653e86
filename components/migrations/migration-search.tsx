import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { Button, buttonStyle } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { type MigrationView, viewQuery } from './filter';

/** The search for a migration's name as a GET form: the URL is the state, what else is chosen stays. */
export function MigrationSearch({ view, path }: { view: MigrationView; path: string }) {
  const kept = [...new URLSearchParams(viewQuery({ ...view, q: '' }))];
  return (
    <search>
      <Form action={path} scroll={false} className="flex max-w-[520px] items-center gap-2">
        <div className="relative flex-1">
          <Search aria-hidden className="absolute top-2 left-2 size-3 text-ink-faint" />
          <Input
            key={view.q}
            name="q"
            type="search"
            defaultValue={view.q}
            aria-label="Name contains"
            placeholder="Name contains…"
            spellCheck={false}
            className="pl-7"
          />
        </div>
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit">Search</Button>
        {view.q === '' ? null : (
          <Link href={viewQuery({ ...view, q: '' })} className={buttonStyle('ghost')}>
            Clear
          </Link>
        )}
      </Form>
    </search>
  );
}
