import 'server-only';
import { AppError } from './errors';
import type { JobWork } from './jobs/job-run';
import { checkWall, syncServer } from './run-wall';
import { insertWallChecks } from './store/walls';

/** How old the last try of a wall may be, in hours. */
const checkHours = 24;

/** Queues the check of every server whose wall was not tried for a day. */
export async function queueWallChecks(): Promise<void> {
  await insertWallChecks(checkHours);
}

/** Jobs are read by every user role; see readWall(). */
const forAdmins = "An admin reads them on the server's page.";

/** The job that tries a server's wall. It leaves nothing behind: whatever it tries is rolled back. */
export const wallWork: JobWork = {
  async run(run) {
    const serverId = run.job.server_id;
    if (serverId === null) throw new AppError('internal', 'The job names no server.');
    run.report({ activity: 'Synchronising the grants' });
    const grants = (await syncServer(serverId)) ?? [];
    run.report({ activity: "Trying the wall as the levels' own roles", progress: 0.5 });
    const levels = await checkWall(serverId);
    for (const { level, verdict } of levels) run.log(`${level}: ${verdict}`);
    const refused = grants.flatMap(({ database, problems }) =>
      problems.length === 0 ? [] : [`${database}: ${problems.length} grants were refused. ${forAdmins}`],
    );
    const found = levels.flatMap(({ level, gaps }) => {
      const open = gaps.filter(({ severity }) => severity !== 'note').length;
      return open === 0 ? [] : [`${level}: ${open} findings. ${forAdmins}`];
    });
    return { missing_roles: [], problems: [...refused, ...found] };
  },
  cleanUp: async () => undefined,
};
