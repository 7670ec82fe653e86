import { expect, test, vi } from 'vitest';
import { AppError, errorBody } from './errors';

test('an error of another copy of this module is an AppError', async () => {
  vi.resetModules();
  const copy = await import('./errors');
  expect(copy.AppError).not.toBe(AppError);
  const error = new copy.AppError('unreachable', 'The server is down.');
  expect(error).toBeInstanceOf(AppError);
  expect(errorBody(error)).toEqual({ code: 'unreachable', message: 'The server is down.' });
});

test.each([new Error('boom'), null, undefined, 'AppError', { code: 'limited' }])('%s is none', (error) => {
  expect(error instanceof AppError).toBe(false);
  expect(errorBody(error)).toMatchObject({ code: 'internal' });
});
