import Link from 'next/link';
import type { UserSummary } from '@/lib/account-types';
import { ObjectRow, ObjectTable } from '../objects/object-table';
import { Badge } from '../ui/badge';
import { Time } from '../ui/time';
import { statusWords } from './user-words';

/** Everybody who may sign in, or might. */
export function UserList({ users }: { users: readonly UserSummary[] }) {
  return (
    <ObjectTable
      caption="Users"
      columns={[
        { name: 'User' },
        { name: 'Name', width: '18%', isWide: true },
        { name: 'Role', width: '110px' },
        { name: 'Status', width: '100px' },
        { name: 'Servers', width: '24%', isWide: true },
        { name: 'Signed in', width: '170px', isWide: true },
      ]}
    >
      {users.map((user) => (
        <ObjectRow key={user.id}>
          <td className="truncate">
            <Link
              href={`/settings/users/${user.id}`}
              className="font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
            >
              {user.username}
            </Link>
          </td>
          <td className="truncate text-ink-soft max-md:hidden">{user.name}</td>
          <td>{user.role}</td>
          <td>
            <Badge tone={statusWords[user.status].tone}>{statusWords[user.status].word}</Badge>
          </td>
          <td className="truncate text-ink-soft max-md:hidden">
            {user.servers.length === 0
              ? 'none'
              : user.servers.map(({ server, level }) => `${server}: ${level}`).join(', ')}
          </td>
          <td className="text-ink-soft max-md:hidden">
            {user.signed_in_at === null ? 'Never' : <Time value={user.signed_in_at} />}
          </td>
        </ObjectRow>
      ))}
    </ObjectTable>
  );
}
