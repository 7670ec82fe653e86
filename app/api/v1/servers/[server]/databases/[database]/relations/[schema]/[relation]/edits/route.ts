import { editsInput } from '@/lib/edit-schema';
import { refusal, route } from '@/lib/route';
import { applyEdits, previewEdits } from '@/lib/run-edit';

/** Changes rows in one transaction, or shows what it would do. What may not stand says which change it was. */
export const POST = route('edit-rows', editsInput, async (actor, { changes, dry_run, ...place }, signal) => {
  if (dry_run) return previewEdits(actor, place, changes, signal);
  const answer = await applyEdits(actor, place, changes, signal);
  if (!('error' in answer)) return answer;
  const { error, ...conflict } = answer;
  return refusal(error, { conflict });
});
