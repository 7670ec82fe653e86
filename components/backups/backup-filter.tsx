import Link from 'next/link';
import { Button, buttonStyle } from '@/components/ui/button';
import { Label } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';

export type BackupFilterProps = {
  servers: readonly { slug: string; name: string }[];
  server: string | null;
  database: string | null;
};

/** The filter of the list across servers, as a GET form: the URL is the state. */
export function BackupFilter({ servers, server, database }: BackupFilterProps) {
  const isFiltered = server !== null || database !== null;
  return (
    <search>
      <form
        action="/backups"
        className="flex flex-wrap items-center gap-2 border-line border-y bg-surface px-4 py-2"
      >
        <Label htmlFor="filter-server" className="sr-only">
          Server
        </Label>
        <Select id="filter-server" name="server" defaultValue={server ?? ''} className="max-w-[200px]">
          <option value="">All servers</option>
          {servers.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </Select>
        <Label htmlFor="filter-database" className="sr-only">
          Database
        </Label>
        <Input
          id="filter-database"
          name="database"
          type="search"
          defaultValue={database ?? ''}
          placeholder="Database"
          className="max-w-[240px]"
        />
        <Button type="submit">Filter</Button>
        {isFiltered ? (
          <Link href="/backups" className={buttonStyle('ghost')}>
            Clear
          </Link>
        ) : null}
      </form>
    </search>
  );
}
