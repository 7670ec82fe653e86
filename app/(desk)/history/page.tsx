import { HistoryList } from '@/components/history/history-list';
import { PageHeader } from '@/components/ui/page-header';
import { historyFilter } from '@/lib/history-filter';
import { page } from '@/lib/page';
import { parse } from '@/lib/parse';
import { readHistory } from '@/lib/run-history';
import { listHistoryChoices } from '@/lib/store/history-choices';

export const metadata = { title: 'History' };

export default page('read-history', async (actor, { query }) => {
  const filter = parse(historyFilter, query);
  const [runs, choices] = await Promise.all([readHistory(actor, filter), listHistoryChoices(actor)]);
  const { after, limit: _, kind: __, ...filters } = filter;
  return (
    <>
      <PageHeader title="History" description="Every statement that was run, by whom, and what came of it." />
      <HistoryList page={runs} filters={filters} choices={choices} isLaterPage={after !== undefined} />
    </>
  );
});
