import { historyFilter } from '@/lib/history-filter';
import { route } from '@/lib/route';
import { readHistory } from '@/lib/run-history';

export const GET = route('read-history', historyFilter, (actor, filter) => readHistory(actor, filter));
