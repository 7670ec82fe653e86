import { PasswordForm } from '@/components/profile/password-form';
import { ProfileForm } from '@/components/profile/profile-form';
import { SettingsSection } from '@/components/settings/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { SessionList } from '@/components/users/session-list';
import { page } from '@/lib/page';
import { findProfile } from '@/lib/store/profiles';
import { listSessions } from '@/lib/store/sessions';

export const metadata = { title: 'Profile' };

export default page('manage-profile', async ({ userId, sessionId }) => {
  const [profile, sessions] = await Promise.all([findProfile(userId), listSessions(userId, sessionId)]);
  return (
    <>
      <PageHeader
        title="Profile"
        description={`You are signed in as ${profile.username}. Your user role is ${profile.role}.`}
      />
      <ProfileForm profile={profile} zones={Intl.supportedValuesOf('timeZone')} />
      {profile.signs_in_by === 'password' ? (
        <SettingsSection title="Password">
          <PasswordForm username={profile.username} />
        </SettingsSection>
      ) : null}
      <SettingsSection title="Sessions">
        <SessionList sessions={sessions} path="/api/v1/profile/sessions" />
      </SettingsSection>
    </>
  );
});
