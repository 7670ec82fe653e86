import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { postSigned, signatureOf } from './run-alert-webhook';
import { watchBackups } from './run-alerts';
import { requestBackup } from './run-backup';
import { setSchedule } from './run-schedules';
import { claimUntold, countOpenAlerts, listAlerts } from './store/alerts';
import { actorOf, type Fixture, openFixture, useDataFolder } from './testing/fixture';
import { summary, wholeDatabase, workOff } from './testing/jobs';

type Post = { headers: http.IncomingHttpHeaders; body: string };

const secret = 'a-secret-of-the-tests';
const mails: string[] = [];
const posts: Post[] = [];
let answer = 204;
let data: Awaited<ReturnType<typeof useDataFolder>>;
let fixture: Fixture;

const mailServer = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    let mail = '';
    stream.on('data', (chunk) => {
      mail += chunk;
    });
    stream.on('end', () => {
      mails.push(mail);
      done();
    });
  },
});

const receiver = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    posts.push({ headers: request.headers, body });
    response.writeHead(answer, { location: 'http://169.254.169.254/' }).end();
  });
});

beforeAll(async () => {
  data = await useDataFolder();
  const portOf = async (listen: (done: () => void) => { address(): unknown }): Promise<number> => {
    const server = await new Promise<{ address(): unknown }>((resolve) => {
      const listening = listen(() => resolve(listening));
    });
    return (server.address() as AddressInfo).port;
  };
  const smtp = await portOf((done) => mailServer.listen(0, '127.0.0.1', done));
  const web = await portOf((done) => receiver.listen(0, '127.0.0.1', done));
  // biome-ignore lint/style/noProcessEnv: the environment of the code under test
  Object.assign(process.env, {
    HOWDAH_SMTP_URL: `smtp://127.0.0.1:${smtp}`,
    HOWDAH_ALERT_TO: 'dba@example.com, night@example.com',
    HOWDAH_WEBHOOK_URL: `http://127.0.0.1:${web}/hook`,
    HOWDAH_WEBHOOK_SECRET: secret,
  });
  fixture = await openFixture('create table t (id int)');
});
beforeEach(async () => {
  mails.length = 0;
  posts.length = 0;
  answer = 204;
});
afterAll(async () => {
  await fixture.close();
  await data.remove();
  receiver.close();
  await new Promise<void>((resolve) => mailServer.close(resolve));
});

const admin = () => actorOf('admin');
const place = () => ({ server: 'demo', database: fixture.target.name });
const daily = { cron: '0 2 * * *', time_zone: 'UTC', keep: null };

describe('an alert', () => {
  test('of a database without a backup is raised once, mailed and posted once, signed', async () => {
    await watchBackups();
    expect(await countOpenAlerts(await admin())).toBe(0);
    await setSchedule(await admin(), { ...place(), kind: 'backup', ...daily });
    await watchBackups();
    expect(await countOpenAlerts(await admin())).toBe(0);
    await fixture.onStore.query(
      `insert into schedule_runs (schedule_id, due_at, outcome)
        select id, now() - interval '9 days', 'begun' from backup_schedules`,
    );
    await Promise.all([watchBackups(), watchBackups(), watchBackups()]);
    await watchBackups();
    expect((await listAlerts(await admin(), 10)).items).toMatchObject([
      {
        kind: 'missing',
        database: fixture.target.name,
        resolved_at: null,
        problem: null,
        told_at: expect.any(String),
      },
    ]);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^To: dba@example\.com, night@example\.com/m);
    expect(mails[0]).toMatch(/^Subject: Howdah: backups: missing: demo\//m);
    expect(posts).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = posts;
    expect(headers['howdah-signature']).toBe(signatureOf(secret, String(headers['howdah-timestamp']), body));
    expect(JSON.parse(body).alerts).toMatchObject([{ kind: 'missing', server: 'demo' }]);
  });

  test('is for those who may see the server', async () => {
    expect(await countOpenAlerts(await actorOf('reviewer'))).toBe(1);
    await fixture.onStore.query(
      "delete from server_access where user_id = (select id from users where username = 'reviewer')",
    );
    expect(await countOpenAlerts(await actorOf('reviewer'))).toBe(0);
  });

  test('resolves itself when its cause is gone, and another is raised', async () => {
    const { job_id } = await requestBackup(await admin(), place(), wholeDatabase);
    expect(summary(await workOff(job_id))).toBe('succeeded');
    await watchBackups();
    expect((await listAlerts(await admin(), 10)).items).toMatchObject([
      { kind: 'unproven', resolved_at: null },
      { kind: 'missing', resolved_at: expect.any(String) },
    ]);
  });

  test('of a failure and of lateness says what happened', async () => {
    const nowhere = { ...wholeDatabase, relations: [{ schema: 'public', relation: 'nowhere' }] };
    const { job_id } = await requestBackup(await admin(), place(), nowhere);
    expect((await workOff(job_id)).status).toBe('failed');
    await fixture.onStore.query(
      "insert into schedule_runs (schedule_id, due_at, outcome) select id, now(), 'missed' from backup_schedules",
    );
    await watchBackups();
    const { items } = await listAlerts(await admin(), 10);
    const open = items.filter(({ resolved_at }) => resolved_at === null);
    expect(open.map(({ kind }) => kind).sort()).toEqual(['failed', 'late', 'unproven']);
    expect(open.find(({ kind }) => kind === 'failed')?.message).toMatch(/no matching tables/);
  });

  test('that nobody takes is kept, with the reason, and told again later', async () => {
    await fixture.onStore.query('delete from alerts');
    answer = 302;
    await watchBackups();
    const { items } = await listAlerts(await admin(), 10);
    expect(items.every(({ told_at, problem }) => told_at === null && /status 302/.test(problem ?? ''))).toBe(
      true,
    );
    answer = 204;
    await watchBackups();
    expect(posts).toHaveLength(1);
    await fixture.onStore.query("update alerts set tried_at = now() - interval '6 minutes'");
    await watchBackups();
    expect(posts).toHaveLength(2);
    expect((await listAlerts(await admin(), 10)).items.every(({ told_at }) => told_at !== null)).toBe(true);
  });
});

test('an alert is claimed by one of many instances', async () => {
  await fixture.onStore.query(
    `insert into alerts (id, kind, server_id, server, database, message)
      select gen_random_uuid(), 'late', s.id, s.slug, 'claimed ' || g, 'late' from servers s, generate_series(1, 5) g`,
  );
  await fixture.onStore.query("begin; select from alerts where database like 'claimed %' for update");
  const whileHeld = await claimUntold().finally(() => fixture.onStore.query('rollback'));
  expect(whileHeld.filter(({ database }) => database.startsWith('claimed '))).toEqual([]);
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimUntold()));
  const claimed = claims.flat().filter(({ database }) => database.startsWith('claimed '));
  expect(claimed.map(({ database }) => database).sort()).toEqual(
    Array.from({ length: 5 }, (_, at) => `claimed ${at + 1}`),
  );
});

test.each([
  'http://169.254.169.254/latest',
  'http://[::ffff:169.254.169.254]/',
  'http://2852039166/',
  'http://0251.0376.0251.0376/',
  'http://0.0.0.0:8080/',
  'http://127.0.0.1:22/',
  'http://127.0.0.1:25/',
])('S44: nothing is posted to %s', async (url) => {
  await expect(postSigned(new URL(url), secret, '{}')).rejects.toMatchObject({ code: 'invalid' });
});
