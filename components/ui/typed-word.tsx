import { Field, type FieldProps } from './field';
import { Input } from './input';

export type TypedWordProps = Pick<FieldProps, 'error' | 'className'> & {
  /** What is to be typed. */
  word: string;
  value: string;
  onType: (text: string) => void;
};

/** Holds up what can't be undone until a name is typed. */
export function TypedWord({ word, value, onType, ...rest }: TypedWordProps) {
  return (
    <Field label={`Type ${word} to go on`} {...rest}>
      {(control) => (
        <Input
          {...control}
          value={value}
          onChange={(event) => onType(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      )}
    </Field>
  );
}
