'use client';

import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { estimateInWords } from './estimate-words';
import { type Filter, filtersOf, rootOf } from './filter';
import type { FilterColumn } from './filter-bar';
import { draftOf, filterOfDraft, newCondition } from './filter-draft';
import { FilterGroupFields } from './filter-group-fields';
import type { RelationPlace } from './rows-view';
import { useEstimate } from './use-estimate';

export type FilterDialogProps = {
  place: RelationPlace;
  columns: readonly FilterColumn[];
  filter: readonly Filter[];
  onFilter: (filter: readonly Filter[]) => void;
  onClose: () => void;
};

/** A filter with all its conditions and groups. What it would cost can be asked before it is applied. */
export function FilterDialog({ place, columns, filter, onFilter, onClose }: FilterDialogProps) {
  const formId = useId();
  const [begun] = useState(() => begin(filter, columns[0]?.name ?? ''));
  const [draft, setDraft] = useState(begun.draft);
  const { estimate, ask } = useEstimate(place);
  const written = () => filtersOf(filterOfDraft(draft));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onFilter(written());
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => isOpen || onClose()}
      title="Filter"
      className="max-w-[680px]!"
      footer={
        <>
          <p role="status" className="mr-auto min-w-0 self-center text-ink-soft text-sm">
            {estimate === null
              ? null
              : 'error' in estimate
                ? estimate.error.message
                : estimateInWords(estimate)}
          </p>
          <Button onClick={() => ask(written())}>Estimate</Button>
          <Button type="submit" form={formId} variant="primary">
            Apply
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <FilterGroupFields
          columns={columns}
          root={draft}
          group={draft}
          depth={0}
          firstNewId={begun.firstNewId}
          onChange={setDraft}
        />
      </form>
    </Dialog>
  );
}

/** The filter to write on; an empty one begins with a condition. */
function begin(filter: readonly Filter[], column: string) {
  const draft = draftOf(rootOf(filter));
  const first = newCondition(draft, column);
  return draft.members.length === 0
    ? { draft: { ...draft, members: [first] }, firstNewId: first.id }
    : { draft, firstNewId: first.id };
}
