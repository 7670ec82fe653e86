import { expect, test } from 'vitest';
import { fileName } from './save-file';

test('a file is saved under the name that the server gave', () => {
  const disposition = 'attachment; filename="blog-Gr_e.csv"; filename*=UTF-8\'\'blog-Gr%C3%B6%C3%9Fe.csv';
  expect(fileName(disposition)).toBe('blog-Größe.csv');
  expect(fileName('')).toBe('export');
});
