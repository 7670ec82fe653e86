import { HistoryDetail } from '@/components/history/history-detail';
import { page } from '@/lib/page';
import { hasPermission } from '@/lib/permissions';
import { findHistoryEntry } from '@/lib/store/query-history';

export const metadata = { title: 'Run' };

export default page('read-history', async (actor, { path: { id = '' } }) => {
  const entry = await findHistoryEntry(actor, id);
  const canCancel = entry.user === actor.username || hasPermission(actor.role, 'cancel-any-query');
  return <HistoryDetail entry={entry} canCancel={canCancel} />;
});
