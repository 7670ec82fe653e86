import Link from 'next/link';
import { buttonStyle } from './button';
import { EmptyState } from './empty-state';

export type MissingStateProps = {
  /** What is not there. */
  title: string;
  /** What to do next. */
  fix: string;
  /** The nearest page above. */
  up: { href: string; label: string };
};

/** Stands in the place of a page whose thing is not there, or not any more. */
export function MissingState({ title, fix, up }: MissingStateProps) {
  const action = (
    <Link href={up.href} className={buttonStyle()}>
      {up.label}
    </Link>
  );
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState title={title} action={action}>
        {fix}
      </EmptyState>
    </>
  );
}
