import type { ReactNode } from 'react';
import { BrowseFrame } from '@/components/object-tree/browse-frame';
import { nameOf } from '@/components/shell/place';

type Props = { children: ReactNode; params: Promise<{ server: string; database: string }> };

/** The tree beside the pages of a database's objects: it stays while they change. It authorises nothing. */
export default async function BrowseLayout({ children, params }: Props) {
  const { server, database } = await params;
  const place = { server: nameOf(server), database: nameOf(database) };
  return (
    <BrowseFrame key={`${server}/${database}`} {...place}>
      {children}
    </BrowseFrame>
  );
}
