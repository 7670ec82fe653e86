'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button';

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, in numbers. */
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
};

export const overlayStyle = 'fixed inset-0 z-40 bg-scrim';
export const dialogStyle =
  'fixed left-1/2 z-50 w-[calc(100vw-32px)] -translate-x-1/2 rounded-lg border border-line bg-raised shadow-pop outline-none';

/** A question in front of the page. Esc, the cross and a click beside it close it; then the focus is where it was. */
export function Dialog({ open, onOpenChange, title, description, footer, className, children }: DialogProps) {
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          className={clsx(dialogStyle, 'top-[12vh] flex max-h-[76vh] max-w-[480px] flex-col', className)}
        >
          <header className="flex items-start gap-2 px-4 pt-3.5">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-lg [overflow-wrap:anywhere]">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-1 text-ink-soft [overflow-wrap:anywhere]">
                  {description}
                </Radix.Description>
              ) : null}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mr-1.5">
                <X aria-hidden />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-auto px-4 py-3">{children}</div>
          {footer ? (
            <footer className="flex justify-end gap-2 border-line border-t px-4 py-3">{footer}</footer>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
