import { clsx } from 'clsx';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';

const control =
  'h-7 w-full min-w-0 rounded-md border border-line-control bg-surface px-2 text-base text-ink ' +
  'placeholder:text-ink-faint hover:border-ink-faint disabled:opacity-60 aria-invalid:border-danger';

export type InputProps = ComponentProps<'input'>;

/** A one-line text field, 28 px high. Give it a label: wrap it in a Field, or pass `aria-label`. */
export function Input({ className, ...rest }: InputProps) {
  return <input className={clsx(control, className)} {...rest} />;
}

export type TextareaProps = ComponentProps<'textarea'>;

/** A field of several lines. */
export function Textarea({ className, ...rest }: TextareaProps) {
  return <textarea className={clsx(control, 'h-auto py-1', className)} {...rest} />;
}

export type SelectProps = ComponentProps<'select'>;

/** The browser's own select in our clothes; `className` goes to the wrapper (its width, say). */
export function Select({ className, children, ...rest }: SelectProps) {
  return (
    <span className={clsx('relative inline-flex w-full min-w-0', className)}>
      <select className={clsx(control, 'appearance-none truncate pr-7')} {...rest}>
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2 size-3 text-ink-faint" />
    </span>
  );
}
