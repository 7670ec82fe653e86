import { clsx } from 'clsx';
import { Input, Select } from '@/components/ui/input';
import { isOperator, isValues, type Operator, operators, operatorWords } from './conditions';
import type { FilterColumn } from './filter-bar';
import type { ConditionChange, ConditionDraft } from './filter-draft';

export type ConditionFieldsProps = {
  columns: readonly FilterColumn[];
  draft: ConditionDraft;
  onChange: (change: ConditionChange) => void;
  /** Whether the first field takes the focus when it appears. */
  autoFocus: boolean;
};

/** What a value means to an operator, where the value alone does not say it. */
const hints: Partial<Record<Operator, string>> = {
  like: '% stands for any text, _ for one character.',
  ilike: '% stands for any text, _ for one character.',
  in: 'Values with commas between them.',
  contains: 'Part of a text, in any case; of an array or jsonb, what it holds, as PostgreSQL writes it.',
};

/** Column, operator and value of one condition. */
export function ConditionFields({ columns, draft, onChange, autoFocus }: ConditionFieldsProps) {
  const { column, operator, text } = draft;
  const hint = hints[operator];
  const isKnown = columns.some(({ name }) => name === column);
  return (
    <div className="min-w-0 flex-1">
      <div className="flex flex-wrap gap-1.5">
        <Select
          aria-label="Column"
          autoFocus={autoFocus}
          value={column}
          onChange={({ target }) => onChange({ column: target.value })}
          className="min-w-[120px] flex-1"
        >
          {isKnown ? null : <option value={column}>{column}</option>}
          {columns.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          aria-label="Operator"
          value={operator}
          onChange={({ target }) => isOperator(target.value) && onChange({ operator: target.value })}
          className="w-[116px]!"
        >
          {operators.map((name) => (
            <option key={name} value={name}>
              {operatorWords[name]}
            </option>
          ))}
        </Select>
        <ValueField operator={operator} text={text} onChange={(typed) => onChange({ text: typed })} />
      </div>
      <p className={clsx('mt-1 text-ink-faint text-sm', hint === undefined && 'hidden')}>{hint}</p>
    </div>
  );
}

type ValueFieldProps = { operator: Operator; text: string; onChange: (text: string) => void };

function ValueField({ operator, text, onChange }: ValueFieldProps) {
  if (operator === 'is') {
    return (
      <Select
        aria-label="Value"
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className="min-w-[120px] flex-1"
      >
        {isValues.map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <span className="min-w-[120px] flex-1">
      <Input
        aria-label="Value"
        placeholder="empty text"
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className="font-mono"
        spellCheck={false}
        autoComplete="off"
      />
    </span>
  );
}
