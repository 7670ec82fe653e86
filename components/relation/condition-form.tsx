'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import {
  type Condition,
  conditionOfInput,
  isOperator,
  isValues,
  type Operator,
  operators,
  operatorWords,
} from './conditions';
import type { FilterColumn } from './filter-bar';

export type ConditionFormProps = {
  columns: readonly FilterColumn[];
  onSubmit: (condition: Condition) => void;
};

/** What a value means to an operator, where the value alone does not say it. */
const hints: Partial<Record<Operator, string>> = {
  like: '% stands for any text, _ for one character.',
  ilike: '% stands for any text, _ for one character.',
  in: 'Values with commas between them.',
  contains: 'Part of a text, in any case; of an array or jsonb, what it holds, as PostgreSQL writes it.',
};

/** Column, operator, value: one condition. Enter adds it. */
export function ConditionForm({ columns, onSubmit }: ConditionFormProps) {
  const [operator, setOperator] = useState<Operator>('eq');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? '');
    onSubmit(conditionOfInput(text('column'), operator, text('value')));
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <Field label="Column" className="min-w-[140px] flex-1">
        {(control) => (
          <Select {...control} name="column">
            {columns.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Operator" className="w-[124px]">
        {(control) => (
          <Select
            {...control}
            value={operator}
            onChange={({ target }) => isOperator(target.value) && setOperator(target.value)}
          >
            {operators.map((name) => (
              <option key={name} value={name}>
                {operatorWords[name]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Value" className="min-w-[140px] flex-1">
        {(control) =>
          operator === 'is' ? (
            <Select {...control} name="value">
              {isValues.map(({ value, words }) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
          ) : (
            <Input {...control} name="value" className="font-mono" spellCheck={false} autoComplete="off" />
          )
        }
      </Field>
      <Button type="submit" variant="primary">
        Add
      </Button>
      <p className="w-full text-ink-faint text-sm empty:hidden">{hints[operator]}</p>
    </form>
  );
}
