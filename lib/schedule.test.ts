import { expect, test } from 'vitest';
import { nextRun, runsBetween } from './schedule';

const berlin = (cron: string) => ({ cron, time_zone: 'Europe/Berlin' });
const iso = (dates: Date[]) => dates.map((date) => date.toISOString().slice(0, 16));

test('a daily run comes once each day, also where the clock is put forward over it or back', () => {
  expect(
    iso(runsBetween(berlin('30 2 * * *'), new Date('2026-03-27T12:00Z'), new Date('2026-03-31T12:00Z'))),
  ).toEqual(['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30', '2026-03-31T00:30']);
  expect(
    iso(runsBetween(berlin('30 2 * * *'), new Date('2026-10-23T12:00Z'), new Date('2026-10-27T12:00Z'))),
  ).toEqual(['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30']);
});

test('no moment comes twice, and every day of a year has its run in every zone', () => {
  for (const time_zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC']) {
    const runs = runsBetween(
      { cron: '15 2 * * *', time_zone },
      new Date('2026-01-01'),
      new Date('2027-01-01'),
    );
    expect(new Set(runs.map(Number)).size).toBe(runs.length);
    expect(runs.length).toBe(365);
  }
  const hourly = runsBetween(
    berlin('0 * * * *'),
    new Date('2026-03-28T22:30Z'),
    new Date('2026-03-29T04:30Z'),
  );
  expect(iso(hourly)).toEqual([
    '2026-03-28T23:00',
    '2026-03-29T00:00',
    '2026-03-29T01:00',
    '2026-03-29T02:00',
    '2026-03-29T03:00',
    '2026-03-29T04:00',
  ]);
});

test.each([
  ['* * * * * *', 'UTC'],
  ['', 'UTC'],
  ['61 * * * *', 'UTC'],
  ['@daily', 'UTC'],
  ['2026-12-01T00:00:00', 'UTC'],
  ['0 0 30 2 *', 'UTC'],
  ['0 2 * * *', 'Nowhere/Town'],
  ['0 2 * * *', ''],
])('%j in %j is refused', (cron, time_zone) => {
  expect(() => nextRun({ cron, time_zone }, new Date())).toThrow(
    expect.objectContaining({ code: 'invalid' }),
  );
});
