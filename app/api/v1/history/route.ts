import { historyFilter } from '@/lib/history-filter';
import { route } from '@/lib/route';
import { listHistory } from '@/lib/store/query-history';

export const GET = route('read-history', historyFilter, (actor, filter) => listHistory(actor, filter));
