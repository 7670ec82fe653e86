import { Field, type FieldProps } from './field';
import { Input, type InputProps } from './input';

export type TextFieldProps = Pick<FieldProps, 'label' | 'hint' | 'error'> &
  Pick<InputProps, 'type' | 'disabled' | 'inputMode' | 'maxLength'> & {
    value: string;
    /** A name or a piece of SQL: monospace, and nobody's spelling. */
    isCode?: boolean;
    className?: string;
    onChange: (value: string) => void;
  };

/** A line of text under its label. `className` goes to the field. */
export function TextField({ label, hint, error, className, isCode, onChange, ...rest }: TextFieldProps) {
  const code = isCode ? { spellCheck: false, autoComplete: 'off', className: 'font-mono' } : {};
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {(control) => (
        <Input {...control} {...rest} {...code} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
