import { OverviewTable } from '@/components/migrations/overview-table';
import { PageHeader } from '@/components/ui/page-header';
import { page } from '@/lib/page';
import { listServerMigrations } from '@/lib/run-migrations';

export const metadata = { title: 'Migrations of all databases' };

export default page('browse', async (actor, { path: { server: slug = '' } }) => {
  const { name, databases, more } = await listServerMigrations(actor, slug);
  const rest = more > 0 ? ` The first ${databases.length} databases; ${more} more were not read.` : '';
  return (
    <>
      <PageHeader
        title={`Migrations on ${name}`}
        description={`What migration tools recorded, in every database that you may open.${rest}`}
      />
      <OverviewTable server={slug} databases={databases} />
    </>
  );
});
