'use client';

import { clsx } from 'clsx';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

const item =
  'relative flex min-h-7 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 outline-none ' +
  'data-[highlighted]:bg-accent-soft data-[disabled]:opacity-50 [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:text-ink-faint';

export type MenuProps = {
  /** One button; it opens the menu. */
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
  /** MenuItem, MenuLabel, MenuSeparator, MenuChoices. */
  children: ReactNode;
};

/** A menu under a button: arrows, letters, Enter and Esc work. */
export function Menu({ trigger, align = 'start', side = 'bottom', className, children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(
            'z-50 max-h-[min(420px,var(--radix-dropdown-menu-content-available-height))] min-w-[180px] max-w-[360px]',
            'overflow-auto rounded-lg border border-line bg-raised p-1 shadow-pop',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export type MenuItemProps = {
  onSelect?: () => void;
  disabled?: boolean;
  tone?: 'neutral' | 'danger';
  /** True when the one child is a link: the link becomes the item. */
  asChild?: boolean;
  children: ReactNode;
};

/** One thing to do. */
export function MenuItem({ onSelect, disabled, tone = 'neutral', asChild, children }: MenuItemProps) {
  return (
    <Radix.Item
      onSelect={onSelect}
      disabled={disabled}
      asChild={asChild}
      className={clsx(item, tone === 'danger' && 'text-danger')}
    >
      {children}
    </Radix.Item>
  );
}

export type MenuCheckProps = {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
};

/** Something that is so or not; the menu stays open. */
export function MenuCheck({ isChecked, onChange, children }: MenuCheckProps) {
  return (
    <Radix.CheckboxItem
      checked={isChecked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      className={clsx(item, 'pr-8')}
    >
      {children}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden className="size-3.5 text-accent" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

/** A small heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-ink-faint text-xs">{children}</Radix.Label>;
}

/** A line between groups. */
export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export type MenuChoicesProps<T extends string> = {
  value: T;
  onChange: (value: T) => void;
  items: readonly { value: T; label: ReactNode }[];
};

/** One of several; the chosen one bears a check. */
export function MenuChoices<T extends string>({ value, onChange, items }: MenuChoicesProps<T>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
      {items.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={clsx(item, 'pr-8')}>
          {choice.label}
          <Radix.ItemIndicator className="absolute right-2">
            <Check aria-hidden className="size-3.5 text-accent" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
