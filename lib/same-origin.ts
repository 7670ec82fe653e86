import { env } from './env';
import { AppError } from './errors';

type Headers = { get(name: string): string | null };

/**
 * A page of another origin can send our cookie along with a form; it can't send our origin. Ours is NEXTAUTH_URL's where
 * that is set, else the host that was asked: what a proxy forwards counts only from one that is trusted
 * (lib/http-guard.ts). Throws AppError `forbidden`.
 */
export function checkOrigin(headers: Headers): void {
  if (isOwn(headers.get('origin'), headers) && headers.get('sec-fetch-site') !== 'cross-site') return;
  throw new AppError('forbidden', 'The request does not come from a page of this Howdah.', {
    hint: 'From a script, send an Origin header with the address of Howdah.',
  });
}

function isOwn(origin: string | null, headers: Headers): boolean {
  if (origin === null || !URL.canParse(origin)) return false;
  const { NEXTAUTH_URL: own } = env();
  if (own !== undefined) return new URL(origin).origin === new URL(own).origin;
  return new URL(origin).host === (headers.get('x-forwarded-host') ?? headers.get('host'));
}
