import 'server-only';
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Login } from '../server';
import { quoteIdentifier } from '../sql/literal';
import type { SharedLevel, StepResult } from '../wall-types';
import { readSystemIdentifier } from './catalog/databases';
import type { Endpoint } from './connection';
import { inWords } from './errors';
import { limitSteps, type RoleFacts, roleStatement, type Step } from './provision-steps';
import { connect, withClient } from './target';

export type Provisioned = {
  /** The levels' logins; null where the role could not be made or cannot log in. */
  logins: { [level in SharedLevel]: Login | null };
  systemIdentifier: string;
  steps: StepResult[];
};

export type ProvisionOptions = {
  budget: number;
  names?: RoleNames | undefined;
  /** Is told each step when it was taken. */
  onStep(step: StepResult): void;
};

/**
 * Makes the login roles of both levels on a server as the role of `endpoint`, a superuser or one with
 * CREATEROLE, step by step; each call sets new passwords. A level without one of its required steps has no login, and
 * the step says why. Throws AppError when the server can't be reached.
 */
export async function provision(
  endpoint: Endpoint,
  { budget, names = defaultRoles, onStep }: ProvisionOptions,
): Promise<Provisioned> {
  return withClient(endpoint, async (client) => {
    const steps: StepResult[] = [];
    const logins: Provisioned['logins'] = { read: null, write: null };
    for (const level of ['read', 'write'] as const) {
      const login = { ...newLogin(level), user: names[level] };
      const results = await provisionLevel(client, endpoint, { level, login, budget, onStep });
      steps.push(...results);
      const isWhole = results.every(({ is_required, status }) => !is_required || status === 'done');
      logins[level] = isWhole ? login : null;
    }
    return { logins, systemIdentifier: await readSystemIdentifier(client), steps };
  });
}

/** What the login roles of the levels are called on a server. */
export type RoleNames = { [level in SharedLevel]: string };

export const defaultRoles: RoleNames = { read: 'howdah_read', write: 'howdah_write' };

/** A login for a level with a password of its own. `suffix` sets its name apart from another Howdah's. */
export function newLogin(level: SharedLevel, suffix = ''): Login {
  return { user: `${defaultRoles[level]}${suffix}`, password: randomBytes(24).toString('base64url') };
}

/**
 * Names that no role of the server has yet: `howdah_read` and `howdah_write`, else with `slug` behind them, else with a
 * number too. Renewing a role that another Howdah made would shut that one out. Throws AppError when the server can't be
 * reached.
 */
export async function findFreeRoles(endpoint: Endpoint, slug: string): Promise<RoleNames> {
  return withClient(endpoint, async (client) => {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_catalog.pg_roles');
    const taken = new Set(rows.map(({ rolname }) => rolname));
    const word = slug.replaceAll('-', '_').slice(0, 40);
    for (let count = 0; ; count += 1) {
      const suffix = ['', `_${word}`][count] ?? `_${word}_${count}`;
      const names = { read: newLogin('read', suffix).user, write: newLogin('write', suffix).user };
      if (!taken.has(names.read) && !taken.has(names.write)) return names;
    }
  });
}

type NewRole = Pick<ProvisionOptions, 'budget' | 'onStep'> & { level: SharedLevel; login: Login };

async function provisionLevel(
  client: pg.Client,
  endpoint: Endpoint,
  { level, login, budget, onStep }: NewRole,
): Promise<StepResult[]> {
  const known = await findRole(client, login.user);
  const steps = [roleStep(level, login, known, budget), ...limitSteps(level, login.user)];
  const results: StepResult[] = [];
  let isStopped = false;
  for (const step of steps) {
    const result: StepResult = isStopped ? skipped(level, step) : await run(client, level, step);
    results.push(result);
    onStep(result);
    isStopped ||= step.isRequired && result.status === 'failed';
  }
  const last = isStopped ? skipped(level, loginStep(login)) : await logIn(endpoint, level, login);
  onStep(last);
  return [...results, last];
}

async function findRole(client: pg.Client, user: string): Promise<RoleFacts | null> {
  const { rows } = await client.query<{ facts: string }>(
    `select pg_catalog.json_build_object('superuser', rolsuper, 'createdb', rolcreatedb, 'createrole', rolcreaterole,
        'replication', rolreplication, 'bypassrls', rolbypassrls)::pg_catalog.text as facts
      from pg_catalog.pg_roles where rolname = $1`,
    [user],
  );
  return rows[0] === undefined ? null : (JSON.parse(rows[0].facts) as RoleFacts);
}

function roleStep(level: SharedLevel, login: Login, known: RoleFacts | null, budget: number): Step {
  return {
    title: `${known === null ? 'Make' : 'Renew'} the login role ${login.user}`,
    isRequired: true,
    statements: [roleStatement(login, known, budget)],
    fix: `Enrol the server as a superuser or a role with CREATEROLE${known === null ? '' : ` that may change ${quoteIdentifier(login.user)}`}; or let its DBA run the script, and give the two logins.`,
    level,
  };
}

function loginStep({ user }: Login): Pick<Step, 'title' | 'isRequired'> {
  return { title: `Log in as ${user}`, isRequired: true };
}

async function run(client: pg.Client, level: SharedLevel, step: Step): Promise<StepResult> {
  const { title, isRequired: is_required, statements, fix } = step;
  try {
    await client.query(statements.join('; '));
    return { title, is_required, level, status: 'done', message: null };
  } catch (error) {
    return { title, is_required, level, status: 'failed', message: `${inWords(error)} ${fix}` };
  }
}

function skipped(level: SharedLevel, { title, isRequired }: Pick<Step, 'title' | 'isRequired'>): StepResult {
  return { title, is_required: isRequired, level, status: 'skipped', message: null };
}

/** Whether a level's role is let in from here, as far as pg_hba.conf and what stands before the server. */
export async function logIn(endpoint: Endpoint, level: SharedLevel, login: Login): Promise<StepResult> {
  const { title, isRequired: is_required } = loginStep(login);
  try {
    await (await connect({ ...endpoint, login })).end();
    return { title, is_required, level, status: 'done', message: null };
  } catch (error) {
    return { title, is_required, level, status: 'failed', message: inWords(error) };
  }
}
