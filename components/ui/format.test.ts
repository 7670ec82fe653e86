import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLocalTime,
  formatRows,
  formatUtcTime,
  formatZonedTime,
} from './format';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1023 bytes'],
    [1024, '1 kB'],
    [8192, '8 kB'],
    [1024 * 1024 - 1, '1.0 MB'],
    [1_300_000, '1.2 MB'],
    [10 * 1024 ** 2, '10 MB'],
    [3.5 * 1024 ** 4, '3.5 TB'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [3.14, '3.1 ms'],
    [9.96, '10 ms'],
    [312.4, '312 ms'],
    [999.6, '1.00 s'],
    [4214, '4.21 s'],
    [59_999, '1 min 0 s'],
    [192_000, '3 min 12 s'],
    [7_500_000, '2 h 5 min'],
  ])('%d is %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});

describe('formatCount and formatRows', () => {
  it('groups by three', () => {
    expect(formatCount(999)).toBe('999');
    expect(formatCount(1_234_567)).toBe('1,234,567');
  });
  it('says the noun', () => {
    expect(formatRows(1)).toBe('1 row');
    expect(formatRows(0)).toBe('0 rows');
    expect(formatRows(1200)).toBe('1,200 rows');
  });
});

describe('times', () => {
  it('writes the local time without a zone', () => {
    expect(formatLocalTime(new Date(2026, 6, 9, 4, 3, 1))).toBe('2026-07-09 04:03:01');
  });
  it('writes UTC with its name', () => {
    expect(formatUtcTime(new Date('2026-07-29T16:03:11.123+02:00'))).toBe('2026-07-29 14:03:11 UTC');
  });

  it.each([
    ['Europe/Berlin', '2026-07-30 00:03:11'],
    ['Asia/Kolkata', '2026-07-30 03:33:11'],
    ['America/New_York', '2026-07-29 18:03:11'],
  ])('writes a moment in %s', (zone, text) => {
    expect(formatZonedTime(new Date('2026-07-29T22:03:11.123Z'), zone)).toBe(text);
  });
});
