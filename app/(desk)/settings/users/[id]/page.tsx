import { SettingsSection } from '@/components/settings/settings-section';
import { Badge } from '@/components/ui/badge';
import { PageHeader } from '@/components/ui/page-header';
import { SessionList } from '@/components/users/session-list';
import { UserAccess } from '@/components/users/user-access';
import { UserActions } from '@/components/users/user-actions';
import { UserForm } from '@/components/users/user-form';
import { statusWords } from '@/components/users/user-words';
import { page } from '@/lib/page';
import { listSessions } from '@/lib/store/sessions';
import { findUser, listGrantableServers } from '@/lib/store/user-list';

export const metadata = { title: 'User' };

export default page('manage-users', async (actor, { path: { id = '' } }) => {
  const user = await findUser(id);
  const [servers, sessions] = await Promise.all([
    listGrantableServers(),
    listSessions(user.id, actor.sessionId),
  ]);
  const { word, tone } = statusWords[user.status];
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-2">
            {user.username} <Badge tone={tone}>{word}</Badge>
          </span>
        }
        actions={<UserActions user={user} />}
      />
      <UserForm key={user.role} user={user} />
      <SettingsSection title="Access to servers">
        <UserAccess user={user} servers={servers} />
      </SettingsSection>
      <SettingsSection title="Sessions">
        <SessionList sessions={sessions} path={`/api/v1/users/${user.id}/sessions`} />
      </SettingsSection>
    </>
  );
});
