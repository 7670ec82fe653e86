import Link from 'next/link';
import { HistoryPage } from '@/components/migrations/history-page';
import { buttonStyle } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { encodeName } from '@/lib/names';
import { page } from '@/lib/page';
import { listMigrations } from '@/lib/run-migrations';

export const metadata = { title: 'Migrations' };

export default page('browse', async (actor, { path: { server = '', database = '' }, query }) => {
  const histories = await listMigrations(actor, server, database);
  const overview = `/s/${encodeName(server)}/migrations`;
  const path = `/s/${encodeName(server)}/${encodeName(database)}/migrations`;
  const all = (
    <Link href={overview} className={buttonStyle()}>
      All databases of {server}
    </Link>
  );
  return (
    <>
      <PageHeader
        title="Migrations"
        description="What migration tools recorded in this database."
        actions={all}
      />
      <HistoryPage histories={histories} path={path} query={query} />
    </>
  );
});
