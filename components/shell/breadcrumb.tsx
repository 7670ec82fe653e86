import { clsx } from 'clsx';
import Link from 'next/link';
import { Fragment } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import type { Crumb } from './place';

export type BreadcrumbProps = { crumbs: readonly Crumb[] };

/** Server / database / thing. The copy button takes the names as they are stored, joined by slashes. */
export function Breadcrumb({ crumbs }: BreadcrumbProps) {
  const names = crumbs.filter((crumb) => crumb.isName).map((crumb) => crumb.label);
  return (
    <div className="flex min-w-0 items-center gap-1">
      <nav aria-label="Breadcrumb" className="min-w-0">
        <ol className="flex min-w-0 items-center gap-1.5">
          {crumbs.map((crumb, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place in the path
            <Fragment key={index}>
              {index > 0 ? (
                <li aria-hidden className="text-ink-faint">
                  /
                </li>
              ) : null}
              <li className={clsx('min-w-0', index === crumbs.length - 1 && 'shrink-[20]')}>
                <CrumbLabel crumb={crumb} isLast={index === crumbs.length - 1} />
              </li>
            </Fragment>
          ))}
        </ol>
      </nav>
      {names.length > 0 ? <CopyButton text={names.join('/')} label={`Copy ${names.join('/')}`} /> : null}
    </div>
  );
}

function CrumbLabel({ crumb, isLast }: { crumb: Crumb; isLast: boolean }) {
  const style = clsx('block max-w-[320px] truncate', crumb.isName && 'font-mono text-sm leading-5');
  if (isLast || !crumb.href) {
    return (
      <span
        aria-current={isLast ? 'page' : undefined}
        title={crumb.label}
        className={clsx(style, 'text-ink')}
      >
        {crumb.label}
      </span>
    );
  }
  return (
    <Link href={crumb.href} title={crumb.label} className={clsx(style, 'text-ink-soft hover:text-ink')}>
      {crumb.label}
    </Link>
  );
}
