import { Suspense } from 'react';
import type { ObjectStoreState } from '@/lib/job-types';

export type ObjectStoreNoticeProps = { state: Promise<ObjectStoreState | null> };

/** Says that the object store can't be used now, once that is known: the page does not wait for it. */
export function ObjectStoreNotice(props: ObjectStoreNoticeProps) {
  return (
    <Suspense>
      <Notice {...props} />
    </Suspense>
  );
}

async function Notice({ state }: ObjectStoreNoticeProps) {
  const problem = (await state)?.problem ?? null;
  if (problem === null) return null;
  return (
    <p role="alert" className="border-line border-b bg-danger-soft px-4 py-2 text-danger">
      {problem} Until it answers, backups in it can be neither taken nor read. Those in the folder are not
      concerned.
    </p>
  );
}
