import { expect, test } from 'vitest';
import { chooseExpired, type Keep, type KeptBackup } from './retention';

const none: Keep = { last: 0, daily: 0, weekly: 0, monthly: 0 };

/** One backup a day at noon, the newest first, ending on Sunday 2026-03-01. */
const days = (count: number): KeptBackup[] =>
  Array.from({ length: count }, (_, ago) => {
    const at = new Date(Date.UTC(2026, 2, 1, 12) - ago * 86_400_000);
    return { id: at.toISOString().slice(0, 10), at, isProven: false, isScheduled: true };
  });

const keptOf = (backups: KeptBackup[], keep: Partial<Keep>): string[] => {
  const expired = new Set(chooseExpired(backups, { ...none, ...keep }));
  return backups.map(({ id }) => id).filter((id) => !expired.has(id));
};

test('the last good backup and the last proven one stay, whatever is to be kept', () => {
  const backups = days(5);
  const [newest, , , proven] = backups;
  if (newest === undefined || proven === undefined) throw new Error('there are five');
  expect(keptOf(backups, {})).toEqual([newest.id]);
  expect(
    keptOf(
      backups.map((backup) => ({ ...backup, isProven: backup === proven })),
      {},
    ),
  ).toEqual([newest.id, proven.id]);
});

test('the last so many, and the newest of each day, week and month', () => {
  expect(keptOf(days(10), { last: 3 })).toEqual(['2026-03-01', '2026-02-28', '2026-02-27']);
  expect(keptOf(days(40), { weekly: 3 })).toEqual(['2026-03-01', '2026-02-22', '2026-02-15']);
  expect(keptOf(days(100), { monthly: 3 })).toEqual(['2026-03-01', '2026-02-28', '2026-01-31']);
  const twiceADay = days(3).flatMap((day) => [
    { ...day, id: `${day.id} night`, at: new Date(day.at.getTime() + 3_600_000) },
    day,
  ]);
  expect(keptOf(twiceADay, { daily: 2 })).toEqual(['2026-03-01 night', '2026-02-28 night']);
});

test('what was taken by hand stays, and counts for nothing but as the last good one', () => {
  const byHand = days(3).map((backup) => ({ ...backup, id: `hand ${backup.id}`, isScheduled: false }));
  expect(chooseExpired([...byHand, ...days(4)], { ...none, last: 1 })).toEqual([
    '2026-02-28',
    '2026-02-27',
    '2026-02-26',
  ]);
});

test('nothing is left to chance: of any backups the newest good and the newest proven stay', () => {
  for (let seed = 1; seed < 300; seed += 1) {
    const backups = days(1 + (seed % 17)).map((backup, at) => ({
      ...backup,
      isProven: (seed * 7919 + at * 104729) % 5 === 0,
      isScheduled: (seed * 31 + at) % 3 !== 0,
    }));
    const keep = { last: seed % 2, daily: seed % 3, weekly: seed % 4, monthly: seed % 2 };
    const expired = new Set(chooseExpired(backups, keep));
    expect(expired.has(backups[0]?.id ?? '')).toBe(false);
    expect(expired.has(backups.find(({ isProven }) => isProven)?.id ?? '')).toBe(false);
  }
});
