import { type NextRequest, NextResponse } from 'next/server';

/**
 * Sets the Content-Security-Policy with a fresh nonce for every page, tells pages their own path, and sends who
 * has no session cookie at all to the sign-in page. It does not authorise: a cookie proves nothing here. It never
 * matches /api: matched requests have their bodies cut at 10 MB.
 */
export function proxy(request: NextRequest): NextResponse {
  const path = request.nextUrl.pathname + request.nextUrl.search;
  const isPublic = publicPages.includes(request.nextUrl.pathname);
  if (!isPublic && !hasSessionCookie(request)) return toSignIn(request, path);
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-howdah-path', path);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('cache-control', 'private, no-store');
  return response;
}

/** Pages for those who are not signed in. The tokens that they need stand behind a #, which no server sees. */
const publicPages = ['/sign-in', '/setup', '/invite'];

export const config = { matcher: ['/((?!api/|_next/|icon.svg|favicon.ico).*)'] };

function hasSessionCookie({ cookies }: NextRequest): boolean {
  return cookies.getAll().some(({ name }) => name.endsWith('next-auth.session-token'));
}

/** Next wants an absolute address, and only these headers know the one that the browser used. */
function toSignIn(request: NextRequest, path: string): NextResponse {
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? request.nextUrl.host;
  const protocol = request.headers.get('x-forwarded-proto') ?? 'http';
  const url = new URL('/sign-in', `${protocol}://${host}`);
  if (path !== '/') url.searchParams.set('callbackUrl', path);
  return NextResponse.redirect(url);
}

function contentSecurityPolicy(nonce: string): string {
  // biome-ignore lint/style/noProcessEnv: known at build time; React's development build needs eval
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
