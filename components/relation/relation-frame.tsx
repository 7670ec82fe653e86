import { SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { buttonStyle } from '@/components/ui/button';
import { formatBytes, formatRows } from '@/components/ui/format';
import { tabListStyle, tabStyle } from '@/components/ui/tab-style';
import type { RelationDetail } from '@/lib/api-types';
import { relationKinds } from '../object-tree/kinds';
import { type DatabasePlace, pathOfRelation, pathOfRoom } from '../shell/place';
import { selectStatement } from './select-statement';
import { Visit } from './visit';

export type RelationFrameProps = {
  place: DatabasePlace;
  relation: RelationDetail;
  tab: 'rows' | 'structure';
  children: ReactNode;
};

/** The head of a relation's pages: what it is, how large, where else to look at it. `children` get the rest. */
export function RelationFrame({ place, relation, tab, children }: RelationFrameProps) {
  const { icon: Icon, one } = relationKinds[relation.kind];
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Visit place={place} relation={relation} />
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 px-4 pt-3 pb-1.5">
        <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <h1
          className="min-w-0 truncate whitespace-pre font-mono font-semibold text-base"
          title={fullName(relation)}
        >
          <span className="font-normal text-ink-soft">{relation.schema}.</span>
          {relation.name}
        </h1>
        <Badge>{one}</Badge>
        {relation.row_security ? (
          <Badge tone="warning" title="Policies decide which rows a role sees.">
            row-level security
          </Badge>
        ) : null}
        <p className="ml-auto text-ink-soft text-sm max-md:ml-0 max-md:w-full">{sizeInWords(relation)}</p>
        {relation.comment ? (
          <p className="w-full whitespace-pre-wrap text-ink-soft [overflow-wrap:anywhere]">
            {relation.comment}
          </p>
        ) : null}
      </header>
      <nav aria-label="Pages of the relation" className={`${tabListStyle} px-4!`}>
        <TabLink href={pathOfRelation(place, relation)} isHere={tab === 'rows'}>
          Rows
        </TabLink>
        <TabLink href={pathOfRelation(place, relation, 'structure')} isHere={tab === 'structure'}>
          Structure
        </TabLink>
        <span className="ml-auto flex items-center">
          <Link
            href={`${pathOfRoom(place.server, place.database, 'query')}?sql=${encodeURIComponent(selectStatement(relation))}`}
            prefetch={false}
            className={buttonStyle('ghost', 'small')}
          >
            <SquareTerminal aria-hidden />
            Open in SQL
          </Link>
        </span>
      </nav>
      {children}
    </div>
  );
}

function TabLink({ href, isHere, children }: { href: string; isHere: boolean; children: ReactNode }) {
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined} className={tabStyle}>
      {children}
    </Link>
  );
}

function fullName({ schema, name }: RelationDetail): string {
  return `${schema}.${name}`;
}

function sizeInWords({ owner, estimated_rows: rows, size_bytes: bytes }: RelationDetail): string {
  const facts = [
    rows === null ? null : `about ${formatRows(rows)}`,
    bytes === null ? null : formatBytes(bytes),
    `owned by ${owner}`,
  ];
  return facts.filter(Boolean).join(' · ');
}
