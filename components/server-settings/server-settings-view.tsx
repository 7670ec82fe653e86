import Link from 'next/link';
import { Section } from '@/components/relation/structure/section';
import { buttonStyle } from '@/components/ui/button';
import { StepList } from '@/components/wall/step-list';
import { WallSummary } from '@/components/wall/wall-summary';
import type { ConnectionUse, ServerSettings } from '@/lib/api-types';
import type { WallReport } from '@/lib/wall-types';
import { ConnectionForm } from './connection-form';
import { IdentityForm } from './identity-form';
import { LimitsForm } from './limits-form';
import { settingsPath } from './paths';
import { RemoveServer } from './remove-server';
import { RenewRoles } from './renew-roles';

export type ServerSettingsViewProps = {
  server: ServerSettings;
  report: WallReport;
  use: ConnectionUse[] | string;
};

/** Everything about one server that an admin may change, below what PostgreSQL enforces there. */
export function ServerSettingsView({ server, report, use }: ServerSettingsViewProps) {
  return (
    <div className="flex flex-col gap-4 pb-6">
      <WallSummary server={server.slug} report={report} isOpen />
      <StepList steps={report.steps} />
      <Section title="What the levels may reach">
        <div className="px-4">
          <Link href={`${settingsPath(server.slug)}/reach`} className={buttonStyle()}>
            Choose schemas and masked columns
          </Link>
        </div>
      </Section>
      {(
        [
          ['Name and environment', <IdentityForm key="identity" server={server} />],
          ['Limits', <LimitsForm key="limits" server={server} use={use} />],
          ['Roles', <Roles key="roles" server={server} />],
          ['Connection', <ConnectionForm key="connection" server={server} />],
          ['Removal', <RemoveServer key="removal" server={server} />],
        ] as const
      ).map(([title, form]) => (
        <Section key={title} title={title}>
          <div className="max-w-[720px] px-4">{form}</div>
        </Section>
      ))}
    </div>
  );
}

function Roles({ server: { slug, roles } }: { server: ServerSettings }) {
  const named = (['owner', 'write', 'read'] as const).flatMap((level) =>
    roles[level] === null ? [] : [[level, roles[level]] as const],
  );
  return (
    <>
      <ul className="mb-2">
        {named.map(([level, role]) => (
          <li key={level}>
            {`${level}: `}
            <span className="font-mono text-sm">{role}</span>
          </li>
        ))}
      </ul>
      {roles.owner === null ? (
        <p className="text-ink-soft">
          A DBA made these roles: a new script and its two logins, under Connection, renew them.
        </p>
      ) : (
        <RenewRoles server={slug} />
      )}
    </>
  );
}
