import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeApi } from '@/lib/openapi';
import { operations } from './operations';

const api = fileURLToPath(new URL('../..', import.meta.url));
const own = '/api/v1/openapi.json';

/** Every handler on the disk as `GET /api/v1/…`, but for next-auth's. */
function handlersOnDisk(): string[] {
  return readdirSync(api, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('/route.ts') && !file.startsWith('auth/'))
    .flatMap((file) => {
      const place = `/api/${file.slice(0, -'/route.ts'.length)}`.replaceAll('[', '{').replaceAll(']', '}');
      const text = readFileSync(path.join(api, file), 'utf8');
      return [...text.matchAll(/^export const ([A-Z]+) =/gm)].map(([, method]) => `${method} ${place}`);
    });
}

test('every handler is described, and nothing else', () => {
  const described = Object.entries(operations()).flatMap(([place, methods]) =>
    Object.keys(methods).map((method) => `${method} ${place}`),
  );
  expect(handlersOnDisk().length).toBeGreaterThan(40);
  expect(described.sort()).toEqual(handlersOnDisk().sort());
});

test('the description is OpenAPI 3.1', async () => {
  const validator = new Validator();
  const document = JSON.parse(JSON.stringify(describeApi(operations()))) as Record<string, unknown>;
  expect(await validator.validate(document)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const broken = { ...document, paths: { [own]: { get: { responses: 'none' } } } };
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('no two operations have the same id', () => {
  const text = JSON.stringify(describeApi(operations()));
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('what a schema takes', () => {
  const schema = z.object({ id: z.uuid(), limit: z.coerce.number().int().default(50), sql: z.string() });
  const describeOne = (method: 'GET' | 'POST') =>
    JSON.parse(
      JSON.stringify(describeApi({ '/api/v1/things/{id}': { [method]: { permission: 'browse', schema } } })),
    ).paths['/api/v1/things/{id}'][method.toLowerCase()];

  test('stands in the path and in the query', () => {
    const { parameters, requestBody } = describeOne('GET');
    expect(requestBody).toBeUndefined();
    expect(parameters).toMatchObject([
      { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
      { name: 'limit', in: 'query', required: false },
      { name: 'sql', in: 'query', required: true },
    ]);
  });

  test('stands in the path and in the body', () => {
    const { parameters, requestBody } = describeOne('POST');
    expect(parameters).toHaveLength(1);
    const body = requestBody.content['application/json'].schema;
    expect([Object.keys(body.properties), body.required]).toEqual([['limit', 'sql'], ['sql']]);
  });
});
