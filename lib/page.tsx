import 'server-only';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { requireActor } from './auth';
import { AppError, errorBody } from './errors';
import { decodeName } from './names';
import type { Permission } from './permissions';
import type { Actor } from './server';

type Input = { path: Record<string, string>; query: Record<string, string> };
type Props = {
  params: Promise<Record<string, string>>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Tells a page where it is: set by proxy.ts, since Next does not. */
export const pathHeader = 'x-howdah-path';

/**
 * The door of a page: session → permission → names decoded → `render`. Who is not signed in goes to the sign-in
 * page and comes back; an expected error is shown in the page's place, the frame around it lives.
 */
export function page(permission: Permission, render: (actor: Actor, input: Input) => Promise<ReactNode>) {
  const component = async (props: Props): Promise<ReactNode> => {
    const result = await attempt(permission, render, props);
    if (!(result instanceof AppError)) return result;
    if (result.code === 'unauthenticated') redirect(await signInPath());
    if (result.code === 'not_found') notFound();
    const { message, hint, sqlstate } = errorBody(result);
    return (
      <ErrorState
        title="This page cannot be shown"
        cause={message}
        fix={hint}
        details={{ sqlstate }}
        retryHref=""
      />
    );
  };
  return Object.assign(component, { permission });
}

async function attempt(
  permission: Permission,
  render: (actor: Actor, input: Input) => Promise<ReactNode>,
  props: Props,
): Promise<ReactNode | AppError> {
  try {
    const actor = await requireActor(permission, await cookies());
    return await render(actor, { path: await readPath(props), query: await readQuery(props) });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function readPath({ params }: Props): Promise<Record<string, string>> {
  const entries = Object.entries(await params);
  try {
    return Object.fromEntries(entries.map(([name, segment]) => [name, decodeName(segment)]));
  } catch (cause) {
    throw new AppError('not_found', 'There is no such page.', { cause });
  }
}

/** Of a repeated parameter the first counts; an empty one counts as not given. */
async function readQuery({ searchParams }: Props): Promise<Record<string, string>> {
  const entries = Object.entries(await searchParams).flatMap(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined || first === '' ? [] : [[name, first] as const];
  });
  return Object.fromEntries(entries);
}

async function signInPath(): Promise<string> {
  const path = (await headers()).get(pathHeader) ?? '/';
  return `/sign-in?callbackUrl=${encodeURIComponent(path)}`;
}
