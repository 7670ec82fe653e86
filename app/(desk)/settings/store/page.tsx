import Link from 'next/link';
import { readView } from '@/components/migrations/filter';
import { HistorySection } from '@/components/migrations/history-section';
import { buttonStyle } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { readStoreMigrations } from '@/lib/run-migrations';

export const metadata = { title: 'Store' };

export default page('read-settings', async (_actor, { query }) => {
  const { items } = await readStoreMigrations();
  return (
    <>
      <PageHeader
        title="Store"
        description="Howdah's own database: users, servers, history."
        actions={
          <Link href="/settings/servers" className={buttonStyle()}>
            Servers
          </Link>
        }
      />
      <div className="flex flex-col gap-3 px-4 pb-6">
        {items.map((history) => (
          <HistorySection key={history.table} history={history} view={readView(query)} hasCommands={false} />
        ))}
      </div>
    </>
  );
});
