import 'server-only';
import { isUtf8 } from 'node:buffer';
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { recordRefusal } from './audited';
import { requireActor } from './auth';
import { AppError, errorBody } from './errors';
import { unescapeName } from './names';
import { parse } from './parse';
import type { Permission } from './permissions';
import type { Actor } from './server';
import { checkStorable } from './storable';

/** Bytes of JSON that a request's body may have. */
const bodyLimit = 8 * 1024 * 1024;

/** Next gives a route without dynamic segments no params at all. */
type Segments = { params: Promise<Record<string, string | string[] | undefined> | undefined> };
type Handler = ((request: NextRequest, segments: Segments) => Promise<Response>) & { permission: Permission };

/**
 * The door of an HTTP handler: session → permission → same-origin check → zod over path, query and JSON body →
 * `handle` → JSON. What is thrown becomes the API's error body with its status.
 */
export function route<S extends z.ZodType>(
  permission: Permission,
  schema: S,
  handle: (actor: Actor, input: z.output<S>, signal: AbortSignal) => Promise<unknown>,
): Handler {
  const handler = async (request: NextRequest, segments: Segments): Promise<Response> => {
    const { cookies, headers, method, nextUrl } = request;
    const what = `${method} ${nextUrl.pathname}`;
    let doer: Actor | null = null;
    try {
      const names = await readNames(segments);
      const actor = await requireActor(permission, { cookies, headers, what }, slugOf(names));
      doer = actor;
      checkOrigin(request);
      const input = parse(schema, await readInput(request, names));
      return asResponse(await handle(actor, input, request.signal));
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === 'forbidden';
      if (isRefused && doer !== null) await recordRefusal(doer, what, error);
      return errorResponse(error);
    }
  };
  return Object.assign(handler, { permission });
}

/** The door of what anybody may call without being signed in. */
export function openRoute(handle: (request: NextRequest) => Promise<Response>) {
  const handler = async (request: NextRequest): Promise<Response> => {
    try {
      return await handle(request);
    } catch (error) {
      return errorResponse(error);
    }
  };
  return Object.assign(handler, { permission: null });
}

/** An error as the API answers it. What was not expected is logged. */
export function errorResponse(error: unknown): Response {
  if (!(error instanceof AppError)) console.error('howdah: a request failed', error);
  const status = error instanceof AppError ? error.status : 500;
  return json({ error: errorBody(error) }, status);
}

/** The answer to a request whose work goes on after it: 202. */
export function accepted(body: object): Response {
  return json(body, 202);
}

function asResponse(result: unknown): Response {
  if (result instanceof Response) return result;
  return result === undefined ? new Response(null, { status: 204 }) : json(result, 200);
}

function json(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'private, no-store' } });
}

/** A page of another origin can send our cookie along with a form; it can't send our origin. Throws AppError. */
function checkOrigin(request: NextRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  if (origin !== null && URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AppError('forbidden', 'The request does not come from a page of this Howdah.', {
    hint: 'From a script, send an Origin header with the address of Howdah.',
  });
}

type Names = Record<string, string | string[]>;

/** The path's dynamic segments, decoded. */
async function readNames({ params }: Segments): Promise<Names> {
  return Object.fromEntries(
    Object.entries((await params) ?? {}).map(([name, value = '']) => [
      name,
      typeof value === 'string' ? unescapeName(value) : value.map(unescapeName),
    ]),
  );
}

/** The server that a request is about; a slug has no other character, and the store takes not every one. */
function slugOf({ server }: Names): string | undefined {
  return typeof server === 'string' && /^[a-z0-9-]+$/.test(server) ? server : undefined;
}

async function readInput(request: NextRequest, names: Names): Promise<Record<string, unknown>> {
  const query = readQuery(request);
  for (const [name, value] of Object.entries({ ...query, ...names })) {
    for (const text of [value].flat()) checkStorable(text, name);
  }
  const hasBody = request.method !== 'GET' && request.method !== 'DELETE';
  return { ...query, ...(hasBody ? await readJson(request) : {}), ...names };
}

/** A parameter that is given several times is a list. What is not UTF-8 is refused, not replaced. */
function readQuery({ nextUrl }: NextRequest): Record<string, string | string[]> {
  try {
    decodeURIComponent(nextUrl.search);
  } catch (cause) {
    throw new AppError('invalid', 'The address holds a percent-encoding that is not UTF-8.', { cause });
  }
  const names = new Set(nextUrl.searchParams.keys());
  return Object.fromEntries(
    [...names].map((name) => {
      const [first = '', ...more] = nextUrl.searchParams.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}

async function readJson(request: Request): Promise<object> {
  const text = await readText(request);
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // falls through to the one error
  }
  throw new AppError('invalid', 'The body is not a JSON object.');
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyLimit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > bodyLimit) throw tooLarge();
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (!isUtf8(body)) throw new AppError('invalid', 'The body is not UTF-8.');
  return body.toString('utf8');
}

function tooLarge(): AppError {
  return new AppError('too_large', `The body is larger than ${bodyLimit / 1024 / 1024} MB.`, {
    hint: 'Run a file of this size with psql -f, or bring the rows in as CSV.',
  });
}
