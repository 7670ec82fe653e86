import { NextRequest } from 'next/server';

type Door = (
  request: NextRequest,
  segments: { params: Promise<Record<string, string>> },
) => Promise<Response>;

export type Call = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  params?: Record<string, string>;
  body?: object;
  /** The token of a session, as its cookie holds it. */
  session?: string;
  /** The whole of the Authorization header. */
  authorization?: string;
  origin?: string | null;
  address?: string;
};

/** Calls a handler of the API as Next does, from a page of this Howdah unless said otherwise. */
export async function callRoute(door: Door, call: Call = {}) {
  const { method = 'GET', params = {}, body, session, authorization, origin = 'http://localhost' } = call;
  const headers = new Headers({ host: 'localhost', 'x-forwarded-for': call.address ?? '192.0.2.1' });
  if (session !== undefined) headers.set('cookie', `next-auth.session-token=${session}`);
  if (authorization !== undefined) headers.set('authorization', authorization);
  if (origin !== null) headers.set('origin', origin);
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await door(new NextRequest('http://localhost/x', init), {
    params: Promise.resolve(params),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json') === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text };
}
