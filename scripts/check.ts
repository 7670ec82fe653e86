import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { env } from '@/lib/env';
import { AppError, errorText } from '@/lib/errors';
import { connect } from '@/lib/postgres/target';
import { parseServerUrl } from '@/lib/postgres/url';

const usage = `npm run check -- [--wait SECONDS] [--retry-interval SECONDS]

Connects to the store (DATABASE_URL) and prints its health as JSON. Where it can't: the cause, the fix, and exit
code 1. With --wait it tries again until the store answers or the time is over.`;

/** One attempt: the health as \`GET /api/health\` answers it, or the AppError that says what to do. */
async function check(url: string) {
  const endpoint = parseServerUrl(url);
  const started = performance.now();
  const client = await connect(endpoint);
  await client.query('select 1');
  await client.end();
  const { host, port, database: name, login } = endpoint;
  return {
    status: 'healthy',
    database: 'connected',
    response_time_ms: Math.round((performance.now() - started) * 10) / 10,
    connection_info: { engine: 'postgresql', host, port, name, user: login.user },
  };
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      wait: { type: 'string', default: '0' },
      'retry-interval': { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [wait, interval] = [Number(values.wait), Number(values['retry-interval'])];
  if (!(wait >= 0) || !(interval > 0)) throw new AppError('invalid', 'Seconds are numbers.', { hint: usage });
  const { DATABASE_URL: url } = env();
  if (url === undefined) {
    throw new AppError('invalid', 'DATABASE_URL is not set.', {
      hint: 'It names the database of the store; see .env.example.',
    });
  }
  const deadline = performance.now() + wait * 1000;
  for (;;) {
    try {
      console.log(JSON.stringify(await check(url)));
      return 0;
    } catch (error) {
      if (performance.now() + interval * 1000 > deadline) throw error;
      console.error(`not yet: ${errorText(error)}`);
      await sleep(interval * 1000);
    }
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    if (!(error instanceof AppError)) throw error;
    console.error(
      `unhealthy: ${error.message}\nfix: ${error.hint ?? 'see the log of the PostgreSQL server'}`,
    );
    process.exit(1);
  },
);
