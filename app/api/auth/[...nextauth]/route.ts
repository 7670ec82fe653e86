import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth';
import { readText } from '@/lib/body';
import { errorResponse } from '@/lib/route';

type Context = { params: Promise<{ nextauth: string[] }> };

/** Bytes that a form of next-auth may have. */
const formLimit = 64 * 1024;

async function handler(request: Request, context: Context): Promise<Response> {
  if (request.method === 'GET') return NextAuth(authOptions())(request, context);
  try {
    const body = await readText(request, formLimit);
    const { url, method, headers } = request;
    return await NextAuth(authOptions())(new NextRequest(url, { method, headers, body }), context);
  } catch (error) {
    return errorResponse(error);
  }
}

export { handler as GET, handler as POST };
