/**
 * Where to go after signing in: `value` if it is a path of `origin` that begins with a single slash, else `/`.
 * The URL parser judges, for it drops tabs and turns backslashes before the browser would follow them.
 */
export function safePath(value: string | null | undefined, origin: string): string {
  if (!value?.startsWith('/') || value.startsWith('//')) return '/';
  if (!URL.canParse(value, origin)) return '/';
  const url = new URL(value, origin);
  const path = url.pathname + url.search + url.hash;
  return url.origin === new URL(origin).origin && !path.startsWith('//') ? path : '/';
}
