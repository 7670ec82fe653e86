import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth';
import { readText } from '@/lib/body';
import { errorResponse } from '@/lib/route';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Bytes that a form of next-auth may have. */
const formLimit = 64 * 1024;

async function handler(request: Request, context: Context): Promise<Response> {
  const { url, method, headers } = request;
  const answer = NextAuth(authOptions(headers));
  if (method === 'GET') return answer(request, context);
  try {
    const body = await readText(request, formLimit);
    return await answer(new NextRequest(url, { method, headers, body }), context);
  } catch (error) {
    return errorResponse(error);
  }
}

export { handler as GET, handler as POST };
