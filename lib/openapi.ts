import { z } from 'zod';
import packageJson from '@/package.json' with { type: 'json' };
import { statusOfCode } from './errors';
import { type Permission, permissions, sessionOnly } from './permissions';

/** What is known of a handler: who may call it, and what it takes. Null: anybody, nothing. */
export type Operation = { permission: Permission | null; schema: z.ZodType | null };

/** A path as the API writes it (`/api/v1/jobs/{id}`) → its methods. */
export type Operations = Record<string, Partial<Record<Method, Operation>>>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

type Json = { [name: string]: unknown };

/** The API as OpenAPI 3.1: what its handlers take is what their own schemas say, so that it can't go stale. */
export function describeApi(operations: Operations): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Howdah',
      version: packageJson.version,
      description:
        'Lists are { items, next }; `next` is the `after` of the next page. Rows are PostgreSQL’s own text. Errors have one shape.',
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(
      Object.entries(operations).map(([path, methods]) => [path, describePath(path, methods)]),
    ),
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key: howdah_…' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'next-auth.session-token',
          description:
            'What signing in sets. A request that changes something must come from the same origin.',
        },
      },
      schemas: { Error: errorSchema },
      responses: {
        Error: {
          description: 'What happened, why, and what to do next.',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  };
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: {
        code: { enum: Object.keys(statusOfCode) },
        message: { type: 'string' },
        hint: { type: 'string' },
        sqlstate: { type: 'string' },
        position: { type: 'integer', description: 'The character of the statement, from 1.' },
      },
    },
  },
};

function describePath(path: string, methods: Partial<Record<Method, Operation>>): Json {
  return Object.fromEntries(
    Object.entries(methods).map(([method, operation]) => [
      method.toLowerCase(),
      describeOperation(path, method, operation),
    ]),
  );
}

function describeOperation(path: string, method: string, { permission, schema }: Operation): Json {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const input = schema === null ? { properties: {} } : toJson(schema);
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const rest = without(input, names);
  return {
    operationId: idOf(method, path),
    ...(permission === null ? {} : { description: whoMay(permission) }),
    security: securityOf(permission),
    parameters: [
      ...names.map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: input.properties[name] ?? { type: 'string' },
      })),
      ...(hasBody ? [] : parametersOf(rest)),
    ],
    ...(hasBody && Object.keys(rest.properties).length > 0 ? { requestBody: bodyOf(rest) } : {}),
    responses: { '2XX': { description: 'Done.' }, default: { $ref: '#/components/responses/Error' } },
  };
}

type ObjectSchema = { properties: Record<string, unknown>; required?: string[] } & Json;

/** What a schema takes, before its defaults and transformations. */
function toJson(schema: z.ZodType): ObjectSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return { ...json, properties: json.properties ?? {} };
}

function without({ properties, required = [], ...schema }: ObjectSchema, names: string[]): ObjectSchema {
  const left = required.filter((name) => !names.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    ...(left.length > 0 ? { required: left } : {}),
  };
}

function parametersOf({ properties, required = [] }: ObjectSchema): Json[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function bodyOf(schema: ObjectSchema): Json {
  return { required: (schema.required ?? []).length > 0, content: { 'application/json': { schema } } };
}

function securityOf(permission: Permission | null): Json[] {
  if (permission === null) return [];
  return sessionOnly.includes(permission) ? [{ session: [] }] : [{ key: [] }, { session: [] }];
}

function whoMay(permission: Permission): string {
  return `Permission "${permission}": the user role ${permissions[permission]} or a higher one.`;
}

/** `GET /api/v1/jobs/{id}` is `getJobsId`. */
function idOf(method: string, path: string): string {
  const words = path.replace(/^\/api(\/v1)?/, '').match(/[A-Za-z]+/g) ?? [];
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
