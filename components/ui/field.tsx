import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';

export type LabelProps = ComponentProps<'label'>;

/** A label of a form control: 12 px, above it. */
export function Label({ className, ...rest }: LabelProps) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller passes htmlFor
  return <label className={clsx('block text-sm font-medium text-ink-soft', className)} {...rest} />;
}

/** What a Field hands to the control inside: spread it on an Input, a Select or a Textarea. */
export type FieldControl = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true };

export type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

/** Label, control, and a hint or an error, tied together by ids. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  const control: FieldControl = { id };
  if (note) control['aria-describedby'] = `${id}-note`;
  if (error) control['aria-invalid'] = true;
  return (
    <div className={clsx('flex min-w-0 flex-col gap-1', className)}>
      <Label htmlFor={id}>{label}</Label>
      {children(control)}
      {note ? (
        <p id={`${id}-note`} className={clsx('text-sm', error ? 'text-danger' : 'text-ink-faint')}>
          {note}
        </p>
      ) : null}
    </div>
  );
}
