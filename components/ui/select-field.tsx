import type { ReactNode } from 'react';
import { Field } from './field';
import { Select } from './input';

export type SelectFieldProps<T extends string> = {
  label: string;
  hint?: ReactNode;
  value: T;
  /** What may be chosen, each with its words, in this order. */
  options: readonly (readonly [value: T, words: string])[];
  /** Choices that are shown, and can't be made here. */
  absent?: readonly T[];
  disabled?: boolean;
  onChange: (value: T) => void;
};

/** One of a few choices, under its label. */
export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, hint, value, options, absent = [], disabled, onChange } = props;
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Select
          {...control}
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {options.map(([each, words]) => (
            <option key={each} value={each} disabled={absent.includes(each)}>
              {words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
