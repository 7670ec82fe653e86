import { expect, test } from 'vitest';
import { attachment } from './file-name';

test.each([
  ['../../etc/passwd', '_etc_passwd', '_etc_passwd'],
  ['CON', 'CON', 'CON'],
  ['new\nline\r\nx: y', 'new_line_x_y', 'new_line_x_y'],
  ['‮gpj.exe', '_gpj_exe', '_gpj_exe'],
  ['a"; filename="b', 'a_filename_b', 'a_filename_b'],
  ['Größe', 'Gr_e', 'Größe'],
  ['..', '_', '_'],
  ['~/.ssh', '_ssh', '_ssh'],
  ['🐘', '_', '_'],
  ['C:\\x', 'C_x', 'C_x'],
])('S34: an export of %j has a safe file name', (name, plain, full) => {
  const header = attachment(['blog', name], 'csv');
  expect(header).toBe(
    `attachment; filename="blog-${plain}.csv"; filename*=UTF-8''${encodeURIComponent(`blog-${full}.csv`)}`,
  );
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
});

test('S34: a long name is cut, between characters', () => {
  const long = attachment(['𝒳'.repeat(200)], 'csv');
  expect(decodeURIComponent(long.split("''")[1] ?? '')).toBe(`${'𝒳'.repeat(63)}.csv`);
});
