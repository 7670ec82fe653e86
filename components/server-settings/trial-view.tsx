import { ErrorState } from '@/components/ui/error-state';
import type { ServerTrial } from '@/lib/api-types';

/** What a tried connection may do, or what is wrong with it. */
export function TrialView({ trial }: { trial: ServerTrial }) {
  if (!trial.ok) return <ErrorState title="It cannot be reached" cause={trial.cause} fix={trial.fix} />;
  return (
    <div role="status" className="rounded-md border border-line bg-surface p-3">
      <p className="font-medium text-success">
        {`PostgreSQL ${trial.version} answers, and lets ${trial.user} into ${trial.database}.`}
      </p>
      <ul className="mt-1 list-disc pl-5 text-ink-soft">
        <li>{rightsOf(trial)}</li>
        <li>{trial.tls === null ? trial.note : `Encrypted with ${trial.tls}. ${trial.note ?? ''}`}</li>
        <li>{`Databases: ${trial.databases.join(', ') || 'none that this role may open'}`}</li>
        {trial.same_as.length > 0 ? (
          <li>
            {`This PostgreSQL is enrolled already, as ${trial.same_as.join(', ')}. Enrolled again it gets roles of its own.`}
          </li>
        ) : null}
      </ul>
    </div>
  );
}

function rightsOf({ is_superuser, can_create_roles }: Extract<ServerTrial, { ok: true }>): string {
  if (is_superuser) return 'It is a superuser: it can make the roles of the levels.';
  if (can_create_roles) return 'It is no superuser and has CREATEROLE: it can make the roles of the levels.';
  return 'It may not make roles: let a DBA run the script instead.';
}
