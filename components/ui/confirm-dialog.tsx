'use client';

import type { ReactNode } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { Problem } from './problem';

export type ConfirmDialogProps = {
  title: string;
  /** What will happen. */
  description: string;
  /** The word of the button that does it, with what it is done to. */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
  /** Why it did not work. */
  problem: string | null;
  /** The word of the button that leaves it. */
  leave?: string;
  /** It can't be done yet. */
  isHeld?: boolean;
  children?: ReactNode;
};

/** Asks once more before something that is not undone by a click; open as long as it is rendered. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    title,
    description,
    action,
    onConfirm,
    onClose,
    problem,
    leave = 'Close',
    isHeld,
    children,
  } = props;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{leave}</Button>
          <Button variant="danger" onClick={onConfirm} disabled={isHeld}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      <Problem text={problem} className="not-first:mt-2" />
    </Dialog>
  );
}
