import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

const base =
  'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md border font-medium ' +
  'transition-colors duration-75 disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0';

const variants: Record<ButtonVariant, string> = {
  primary:
    'border-transparent bg-accent text-accent-ink enabled:hover:bg-accent-strong [a&]:hover:bg-accent-strong',
  secondary: 'border-line-strong bg-surface text-ink enabled:hover:bg-sunken [a&]:hover:bg-sunken',
  ghost:
    'border-transparent text-ink-soft enabled:hover:bg-hover enabled:hover:text-ink [a&]:hover:bg-hover [a&]:hover:text-ink',
  danger: 'border-danger bg-surface text-danger enabled:hover:bg-danger-soft [a&]:hover:bg-danger-soft',
};

const sizes: Record<ButtonSize, string> = {
  small: 'h-6 gap-1 px-2 text-sm',
  medium: 'h-7 gap-1.5 px-2.5 text-base',
  large: 'h-9 gap-2 px-4 text-base',
};

const squares: Record<ButtonSize, string> = { small: 'size-6', medium: 'size-7', large: 'size-9' };

/** The classes of a button, for links that look like one. */
export function buttonStyle(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium'): string {
  return clsx(base, variants[variant], sizes[size]);
}

export type ButtonProps = ComponentProps<'button'> & { variant?: ButtonVariant; size?: ButtonSize };

/** A button with words; `type` is `button` unless said otherwise. Icons among the children are 14 px. */
export function Button({ variant, size, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={clsx(buttonStyle(variant, size), className)} {...rest} />;
}

export type IconButtonProps = Omit<ButtonProps, 'aria-label'> & { label: string };

/** A square button that shows only an icon; `label` is its name for everyone who can't see the icon. */
export function IconButton({
  label,
  variant = 'ghost',
  size = 'medium',
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      className={clsx(base, variants[variant], squares[size], className)}
      {...rest}
    />
  );
}
