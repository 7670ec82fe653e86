import { setTimeout as wait } from 'node:timers/promises';
import type { JobEntry } from '@/lib/job-types';
import type { ApiClient } from '../api-client';

/** Seldom, so that asking takes nothing from what is measured: the times are the job's own. */
const pollMs = 500;

/** Asks the API and answers its JSON. Throws on a refusal. */
export async function ask<T>(client: ApiClient, method: string, path: string, body?: object): Promise<T> {
  const { status, text } = await client.text(method, path, body);
  if (status >= 300) throw new Error(`${path} answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as T;
}

/**
 * Waits for a job and answers its milliseconds by the store's clock: from its row, before it is queued, to its outcome.
 * Throws when it did not succeed.
 */
export async function timeJob(client: ApiClient, id: string): Promise<number> {
  const { status, message, created_at, finished_at } = await waitForJob(client, id);
  if (status !== 'succeeded' || finished_at === null) throw new Error(`The job has ${status}: ${message}`);
  return Date.parse(finished_at) - Date.parse(created_at);
}

/** Waits until a job is over and answers it. */
export async function waitForJob(client: ApiClient, id: string): Promise<JobEntry> {
  for (;;) {
    const job = await ask<JobEntry>(client, 'GET', `/api/v1/jobs/${id}`);
    if (job.finished_at !== null) return job;
    await wait(pollMs);
  }
}
