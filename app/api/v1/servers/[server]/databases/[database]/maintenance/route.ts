import { confirmed, maintenanceRequest } from '@/lib/operations-schema';
import { accepted, route } from '@/lib/route';
import { planMaintenance, requestMaintenance } from '@/lib/run-maintenance';

/** What a piece of maintenance would send, lock and wait for. */
export const GET = route('run-maintenance', maintenanceRequest, planMaintenance);

/** Begins a piece of maintenance; its job does the work. */
export const POST = route('run-maintenance', maintenanceRequest.and(confirmed), async (actor, input) => {
  const { confirm, ...request } = input;
  return accepted({ job_id: await requestMaintenance(actor, request, confirm) });
});
