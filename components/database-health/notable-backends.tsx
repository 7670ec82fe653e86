import Link from 'next/link';
import type { BackendList as List } from '@/lib/api-types';
import { pathOfServerRoom } from '../shell/place';

export type BackendListProps = { server: string; list: List };

/** Sessions that have taken five minutes, or wait for another, or keep another waiting. */
export function BackendList({ server, list: { items, role } }: BackendListProps) {
  return (
    <div className="px-4">
      {items.length === 0 ? (
        <p>{`None that ${role} may see: no statement or transaction of five minutes, nobody waits.`}</p>
      ) : (
        <ul className="list-disc pl-5">
          {items.map(({ pid, user, state, blocked_by, query }) => (
            <li key={pid} className="[overflow-wrap:anywhere]">
              {`${pid}, ${user ?? 'unknown'}, ${state ?? 'hidden'}`}
              {blocked_by.length > 0 ? `, waits for ${blocked_by.join(', ')}` : ''}
              {': '}
              <code className="font-mono text-sm">{query ?? 'hidden from this level'}</code>
            </li>
          ))}
        </ul>
      )}
      <Link href={pathOfServerRoom(server, 'activity')} className="text-accent underline underline-offset-2">
        All activity of the server
      </Link>
    </div>
  );
}
