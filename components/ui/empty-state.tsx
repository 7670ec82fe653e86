import type { ReactNode } from 'react';

export type EmptyStateProps = {
  title: string;
  /** What would be here. */
  children?: ReactNode;
  /** The one action that would fill the place. */
  action?: ReactNode;
  icon?: ReactNode;
};

/** A list with nothing in it says what would be here, and the one action to get it. */
export function EmptyState({ title, children, action, icon }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-14 text-center">
      {icon ? (
        <div aria-hidden className="mb-3 text-ink-faint [&_svg]:size-5 [&_svg]:stroke-[1.5]">
          {icon}
        </div>
      ) : null}
      <p className="font-medium text-ink">{title}</p>
      {children ? <div className="mt-1 max-w-[420px] text-pretty text-ink-soft">{children}</div> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
