import { env } from './env';
import type { Origin } from './server';

type Headers = { get(name: string): string | null };

/** Nobody's address: what Howdah does of itself, and work that outlives its request. */
export const nowhere: Origin = { address: null, userAgent: null };

/**
 * Where a request comes from. Each proxy adds the address of its peer to x-forwarded-for, and so do we (lib/peer.ts): the
 * last entry is true, and so are those before it, one a proxy of ours (HOWDAH_TRUSTED_PROXIES). What stands before them
 * anybody can write.
 */
export function originOf(headers: Headers): Origin {
  const addresses = headers.get('x-forwarded-for')?.split(',') ?? [];
  const address = (addresses.at(-1 - env().HOWDAH_TRUSTED_PROXIES) ?? addresses[0])?.trim();
  return { address: address || null, userAgent: headers.get('user-agent')?.slice(0, 300) ?? null };
}
