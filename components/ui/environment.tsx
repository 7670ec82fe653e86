import { clsx } from 'clsx';
import type { Environment } from '@/lib/api-types';
import { Badge, type Tone } from './badge';

const tones: Record<Environment, Tone> = { production: 'danger', staging: 'warning', development: 'neutral' };
const dots: Record<Environment, string> = {
  production: 'bg-production',
  staging: 'bg-staging',
  development: 'bg-transparent ring-1 ring-inset ring-line-control',
};
const lines: Record<Environment, string> = {
  production: 'bg-production',
  staging: 'bg-staging',
  development: 'bg-transparent',
};

/** The environment as a word in its colour: production red, staging amber, development without one. */
export function EnvironmentBadge({ environment }: { environment: Environment }) {
  return <Badge tone={tones[environment]}>{environment}</Badge>;
}

/** The environment as a dot, beside a server's name; decoration only. */
export function EnvironmentDot({ environment }: { environment: Environment }) {
  return <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', dots[environment])} />;
}

/** The 2 px line on top of every page of a server. */
export function EnvironmentLine({ environment }: { environment: Environment | null }) {
  return <div aria-hidden className={clsx('h-0.5 shrink-0', environment && lines[environment])} />;
}
