import { expect, test } from 'vitest';
import { deferred } from './deferred';
import { AppError } from './errors';
import { followedResponse } from './followed';
import { readNdjson } from './ndjson';

async function eventsOf(response: Response): Promise<unknown[]> {
  const events: unknown[] = [];
  for await (const event of readNdjson(response.body ?? new ReadableStream())) events.push(event);
  return events;
}

test('an event is read while the work still goes on', async () => {
  const rest = deferred();
  const response = await followedResponse<{ type: string }>(async (tell) => {
    tell({ type: 'first' });
    await rest.promise;
    return { slug: 'x' };
  });
  const events = readNdjson(response.body ?? new ReadableStream());
  expect((await events.next()).value).toEqual({ type: 'first' });
  rest.resolve();
  expect((await events.next()).value).toEqual({ type: 'done', slug: 'x' });
  expect((await events.next()).done).toBe(true);
});

test('what fails at once has a status; what fails later is the last event', async () => {
  const refused = new AppError('conflict', 'It is taken.');
  await expect(followedResponse(() => Promise.reject(refused))).rejects.toBe(refused);
  const response = await followedResponse<{ type: string }>(async (tell) => {
    tell({ type: 'first' });
    throw refused;
  });
  const error = { code: 'conflict', message: 'It is taken.' };
  expect(await eventsOf(response)).toEqual([{ type: 'first' }, { type: 'error', error }]);
});

test('the work goes on to its end without a reader', async () => {
  const rest = deferred();
  const ended = deferred<string>();
  const response = await followedResponse<{ type: string }>(async (tell) => {
    tell({ type: 'first' });
    await rest.promise;
    tell({ type: 'second' });
    ended.resolve('ended');
    return {};
  });
  await response.body?.cancel();
  rest.resolve();
  expect(await ended.promise).toBe('ended');
});
