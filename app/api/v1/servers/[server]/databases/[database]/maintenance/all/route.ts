import { confirmed, databaseMaintenanceRequest } from '@/lib/operations-schema';
import { accepted, route } from '@/lib/route';
import { planDatabaseMaintenance, requestDatabaseMaintenance } from '@/lib/run-maintain-database';

/** What maintenance of every table would send, lock and wait for. */
export const GET = route('run-maintenance', databaseMaintenanceRequest, planDatabaseMaintenance);

/** Begins maintenance of every table; its job does the work. */
export const POST = route(
  'run-maintenance',
  databaseMaintenanceRequest.and(confirmed),
  async (actor, input) => {
    const { confirm, ...request } = input;
    return accepted({ job_id: await requestDatabaseMaintenance(actor, request, confirm) });
  },
);
