import Link from 'next/link';
import { buttonStyle } from './button';

export type PagingProps = {
  /** The first page; null on it. */
  newest: string | null;
  /** The next page; null on the last. */
  older: string | null;
  /** The words of the way there. */
  olderWords: string;
};

/** The ways from one page of a list, newest first, to others; nothing where there is one page. */
export function Paging({ newest, older, olderWords }: PagingProps) {
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 px-4 py-3 empty:hidden">
      {newest === null ? null : (
        <Link href={newest} className={buttonStyle('ghost')}>
          Newest
        </Link>
      )}
      {older === null ? null : (
        <Link href={older} rel="next" className={buttonStyle()}>
          {olderWords}
        </Link>
      )}
    </nav>
  );
}
