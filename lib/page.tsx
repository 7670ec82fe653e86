import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { MissingState } from '@/components/ui/missing-state';
import { recordRefusal } from './audited';
import { requireActor } from './auth';
import { AppError, errorBody } from './errors';
import { decodeName, encodeName } from './names';
import { decideStatus } from './page-status';
import type { Permission } from './permissions';
import type { Actor } from './server';

/** The parameters of an address, as they stand after its question mark: one that is given several times is a list. */
export type Query = Record<string, string | string[]>;

type Input = { path: Record<string, string>; query: Query };
type Props = {
  params: Promise<Record<string, string>>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Tells a page where it is: set by proxy.ts, since Next does not. */
const pathHeader = 'x-howdah-path';

/**
 * The door of a page: session → permission → names decoded → `render`. Who is not signed in goes to the sign-in
 * page and comes back; an expected error is shown in the page's place with its status, and what is not found by its name
 * there; the frame around it lives.
 */
export function page(permission: Permission, render: (actor: Actor, input: Input) => Promise<ReactNode>) {
  const component = async (props: Props): Promise<ReactNode> => {
    const result = await attempt(permission, render, props).catch(failed);
    decideStatus(result instanceof AppError ? result.status : 200);
    if (!(result instanceof AppError)) return result;
    if (result.code === 'unauthenticated') redirect(await signInPath());
    const { message, hint, sqlstate } = errorBody(result);
    if (result.code === 'not_found') {
      return <MissingState title={message} fix={hint ?? whyMissing} up={await wayUp(props)} />;
    }
    return (
      <div className="p-4">
        <ErrorState
          title="This page cannot be shown"
          cause={message}
          fix={hint}
          details={{ sqlstate }}
          retryHref=""
        />
      </div>
    );
  };
  return Object.assign(component, { permission });
}

async function attempt(
  permission: Permission,
  render: (actor: Actor, input: Input) => Promise<ReactNode>,
  props: Props,
): Promise<ReactNode | AppError> {
  const what = `GET ${await ownPath()}`;
  let doer: Actor | null = null;
  try {
    const actor = await requireActor(permission, {
      cookies: await cookies(),
      headers: await headers(),
      what,
    });
    doer = actor;
    return await render(actor, { path: await readPath(props), query: await readQuery(props) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'forbidden' && doer !== null) await recordRefusal(doer, what, error);
    return error;
  }
}

/** What nobody expected is shown by the nearest error page. Where Next itself throws, it leads elsewhere. */
function failed(error: unknown): never {
  const isOfNext = typeof error === 'object' && error !== null && 'digest' in error;
  decideStatus(isOfNext ? 200 : 500);
  throw error;
}

async function readPath({ params }: Props): Promise<Record<string, string>> {
  const entries = Object.entries(await params);
  try {
    return Object.fromEntries(entries.map(([name, segment]) => [name, decodeName(segment)]));
  } catch (cause) {
    throw new AppError('not_found', 'There is no such page.', { cause });
  }
}

/** An empty parameter counts as not given. */
async function readQuery({ searchParams }: Props): Promise<Query> {
  const entries = Object.entries(await searchParams).flatMap(([name, value = []]) => {
    const [first, ...more] = [value].flat().filter((text) => text !== '');
    return first === undefined ? [] : [[name, more.length === 0 ? first : [first, ...more]] as const];
  });
  return Object.fromEntries(entries);
}

const whyMissing = 'The address may be wrong, or what it names was removed, or you have no access to it.';

/** The nearest page above one of something that is not there, by the names in its path. */
async function wayUp(props: Props): Promise<{ href: string; label: string }> {
  const { server, database, relation, id } = await readPath(props).catch((): Record<string, string> => ({}));
  const servers = { href: '/', label: 'All servers' };
  if (id !== undefined)
    return { href: (await ownPath()).replace(/\/[^/?]*(\?.*)?$/, ''), label: 'See the list' };
  if (server === undefined || database === undefined) return servers;
  const above = `/s/${encodeName(server)}`;
  if (relation === undefined) return { href: above, label: `Databases of ${server}` };
  return { href: `${above}/${encodeName(database)}`, label: `Tables of ${database}` };
}

async function signInPath(): Promise<string> {
  return `/sign-in?callbackUrl=${encodeURIComponent(await ownPath())}`;
}

async function ownPath(): Promise<string> {
  return (await headers()).get(pathHeader) ?? '/';
}
