import type { ReactNode } from 'react';
import { BrowseFrame } from '@/components/object-tree/browse-frame';
import { decodeName } from '@/lib/names';

type Props = { children: ReactNode; params: Promise<{ server: string; database: string }> };

/** The tree beside the pages of a database's objects: it stays while they change. It authorises nothing. */
export default async function BrowseLayout({ children, params }: Props) {
  const { server, database } = await params;
  const place = { server: readName(server), database: readName(database) };
  return (
    <BrowseFrame key={`${server}/${database}`} {...place}>
      {children}
    </BrowseFrame>
  );
}

/** A segment with a broken escape is no name; the page below says so. */
function readName(segment: string): string {
  try {
    return decodeName(segment);
  } catch {
    return segment;
  }
}
