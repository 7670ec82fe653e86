import { HistoryDetail } from '@/components/history/history-detail';
import { page } from '@/lib/page';
import { hasPermission } from '@/lib/permissions';
import { readHistoryEntry } from '@/lib/run-history';

export const metadata = { title: 'Run' };

export default page('read-history', async (actor, { path: { id = '' } }) => {
  const entry = await readHistoryEntry(actor, id);
  const canCancel = entry.user === actor.username || hasPermission(actor.role, 'cancel-any-query');
  return <HistoryDetail entry={entry} canCancel={canCancel} />;
});
