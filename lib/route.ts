import 'server-only';
import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { type Answer, type Asked, asWebResponse, isAnswer, type RawNames } from './answer';
import { uncached } from './answer-headers';
import { recordRefusal } from './audited';
import { keyOf, requireActor } from './auth';
import { readText } from './body';
import { AppError, asAppError, errorBody } from './errors';
import { unescapeName } from './names';
import { originOf } from './origin';
import { parse } from './parse';
import type { Permission } from './permissions';
import { limitAddress, limitUser } from './rate-limit';
import { checkOrigin } from './same-origin';
import type { Actor, Origin } from './server';
import { checkStorable } from './storable';

/** Bytes of JSON that a request's body may have. */
const bodyLimit = 8 * 1024 * 1024;

/** Next gives a route without dynamic segments none at all. */
type Segments = { params: Promise<RawNames | undefined> };

/** `answer` is the door without Next's part, for lib/direct.ts. */
export type Handler = ((request: NextRequest, segments: Segments) => Promise<Response>) & {
  permission: Permission;
  schema: z.ZodType;
  answer: (asked: Asked, names: RawNames) => Promise<Answer | Response>;
};

/**
 * The door of an HTTP handler: session or API key → permission → same-origin check (a key needs none) → zod over path,
 * query and JSON body → `handle` → JSON. What is thrown becomes the API's error body with its status.
 */
export function route<S extends z.ZodType>(
  permission: Permission,
  schema: S,
  handle: (actor: Actor, input: z.output<S>, signal: AbortSignal) => Promise<unknown>,
): Handler {
  const answer: Handler['answer'] = async (asked, rawNames) => {
    const { cookies, headers, method, nextUrl } = asked;
    const what = `${method} ${nextUrl.pathname}`;
    const { address } = originOf(headers);
    let doer: Actor | null = null;
    try {
      limitAddress(address, 'anyone');
      const names = readNames(rawNames);
      const key = keyOf(headers);
      const actor = await requireActor(permission, { cookies, headers, what, key }, slugOf(names));
      doer = actor;
      limitUser(actor.userId);
      if (key === null && method !== 'GET' && method !== 'HEAD') checkOrigin(headers);
      const input = parse(schema, await readInput(asked, names));
      return asAnswer(await handle(actor, input, asked.signal));
    } catch (error) {
      return await refuse(error, { doer, what, address });
    }
  };
  const handler = async (request: NextRequest, { params }: Segments): Promise<Response> => {
    const answered = await answer(request, (await params) ?? {});
    return isAnswer(answered) ? asWebResponse(answered) : answered;
  };
  return Object.assign(handler, { permission, schema, answer });
}

/**
 * The door of what a one-time token opens: nobody is signed in, and `handle` itself tries the token in the input. While
 * `isThere` answers false it is not there, whatever is asked.
 */
export function tokenRoute<S extends z.ZodType>(
  schema: S,
  handle: (input: z.output<S>, origin: Origin) => Promise<unknown>,
  isThere: () => Promise<boolean> = async () => true,
) {
  const handler = async (request: NextRequest): Promise<Response> => {
    const origin = originOf(request.headers);
    try {
      limitAddress(origin.address, 'anyone');
      if (!(await isThere())) throw new AppError('not_found', 'There is nothing here.');
      const input = parse(schema, await readInput(request, {}));
      return asJson(await handle(input, origin));
    } catch (error) {
      return errorResponse(error);
    }
  };
  return Object.assign(handler, { permission: null, schema });
}

type Refused = { doer: Actor | null; what: string; address: string | null };

/** The answer to a request that came to nothing: who lacked a right is recorded, who is not signed in pays for asking. */
async function refuse(error: unknown, { doer, what, address }: Refused): Promise<Response> {
  const code = error instanceof AppError ? error.code : 'internal';
  if (error instanceof AppError && code === 'forbidden' && doer !== null)
    await recordRefusal(doer, what, error);
  if (code !== 'unauthenticated') return errorResponse(error);
  try {
    limitAddress(address, 'stranger');
    return errorResponse(error);
  } catch (tooMany) {
    return errorResponse(tooMany);
  }
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
  const { status, retryAfter } = asAppError(error);
  const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
  return json({ error: errorBody(error) }, status, headers);
}

/** The answer to a request that came to nothing, with what was found meanwhile beside its error. */
export function refusal(error: AppError, found: object): Response {
  return json({ error: errorBody(error), ...found }, error.status);
}

/** The answer to a request whose work goes on after it: 202. */
export function accepted(body: object): Response {
  return json(body, 202);
}

function asAnswer(result: unknown): Answer | Response {
  return isAnswer(result) ? result : asJson(result);
}

function asJson(result: unknown): Response {
  if (result instanceof Response) return result;
  return result === undefined ? new Response(null, { status: 204 }) : json(result, 200);
}

function json(body: unknown, status: number, more: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { ...uncached, ...more } });
}

type Names = Record<string, string | string[]>;

function readNames(raw: RawNames): Names {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value = '']) => [
      name,
      typeof value === 'string' ? unescapeName(value) : value.map(unescapeName),
    ]),
  );
}

/** The server that a request is about; a slug has no other character, and the store takes not every one. */
function slugOf({ server }: Names): string | undefined {
  return typeof server === 'string' && /^[a-z0-9-]+$/.test(server) ? server : undefined;
}

async function readInput(request: Asked, names: Names): Promise<Record<string, unknown>> {
  const query = readQuery(request);
  for (const [name, value] of Object.entries({ ...query, ...names })) {
    for (const text of [value].flat()) checkStorable(text, name);
  }
  if (request.method === 'GET' || request.method === 'DELETE') return { ...query, ...names };
  const type = request.headers.get('content-type') ?? '';
  // A file goes through as it comes; whether one is meant says the schema.
  if (/^text\/csv\b/.test(type)) return { ...query, ...names, body: request.body };
  if (/^application\/x-www-form-urlencoded\b/.test(type)) {
    const fields = new URLSearchParams(await readText(request, bodyLimit));
    return { ...query, ...Object.fromEntries(fields), ...names };
  }
  return { ...query, ...(await readJson(request)), ...names };
}

/** A parameter that is given several times is a list. What is not UTF-8 is refused, not replaced. */
function readQuery({ nextUrl }: Asked): Record<string, string | string[]> {
  if (nextUrl.search === '') return {};
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

async function readJson(request: Asked): Promise<object> {
  const text = await readText(request, bodyLimit);
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // falls through to the one error
  }
  throw new AppError('invalid', 'The body is not a JSON object.');
}
