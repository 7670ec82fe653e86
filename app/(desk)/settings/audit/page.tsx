import { Download } from 'lucide-react';
import { ActivityList } from '@/components/audit/activity-list';
import { exportPath } from '@/components/audit/filters';
import { SealState } from '@/components/audit/seal-state';
import { buttonStyle } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { auditFilter } from '@/lib/audit-filter';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { listAudit, listAuditChoices } from '@/lib/store/audit-list';
import { readSealState } from '@/lib/store/seal-state';

export const metadata = { title: 'Audit log' };

export default page('read-audit', async (_actor, { query }) => {
  const filter = parse(auditFilter, query);
  const [events, choices, seals] = await Promise.all([
    listAudit(filter),
    listAuditChoices(),
    readSealState(),
  ]);
  const { after, limit: _, ...filters } = filter;
  const actions = (['csv', 'ndjson'] as const).map((format) => (
    <a key={format} href={exportPath(filters, format)} download className={buttonStyle()}>
      <Download aria-hidden />
      {format.toUpperCase()}
    </a>
  ));
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Everything that was changed, by whom and from where, and who was refused."
        actions={actions}
      />
      <SealState {...seals} />
      <ActivityList page={events} filters={filters} choices={choices} isLaterPage={after !== undefined} />
    </>
  );
});
