'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConditionFields } from './condition-fields';
import { type Condition, conditionOfInput } from './conditions';
import type { FilterColumn } from './filter-bar';
import { type ConditionDraft, changed } from './filter-draft';

export type ConditionFormProps = {
  columns: readonly FilterColumn[];
  onSubmit: (condition: Condition) => void;
};

/** Column, operator, value: one condition. Enter adds it. */
export function ConditionForm({ columns, onSubmit }: ConditionFormProps) {
  const [draft, setDraft] = useState<ConditionDraft>({
    ...{ id: 0, column: columns[0]?.name ?? '', operator: 'eq', text: '' },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(conditionOfInput(draft.column, draft.operator, draft.text));
  };
  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <ConditionFields
        columns={columns}
        draft={draft}
        onChange={(change) => setDraft((before) => changed(before, change))}
        autoFocus
      />
      <Button type="submit" variant="primary">
        Add
      </Button>
    </form>
  );
}
