import { expect, test } from 'vitest';
import { currentScript, errorMarker, verbOf, wholeScript } from './run-script';

const text = "select '😀', nme;\n\n-- next\nselect 2;";

test('the statement at the cursor, and where it stands', () => {
  const at = text.indexOf('select 2') + 3;
  expect(currentScript(text, { start: at, end: at })).toMatchObject({ sql: 'select 2', base: at - 3 });
  expect(currentScript('-- nothing', { start: 3, end: 3 })).toBeNull();
});

test('a selection is run as it is', () => {
  expect(currentScript(text, { start: 7, end: 11 })).toMatchObject({ sql: "'😀'", base: 7 });
  expect(currentScript(text, { start: 17, end: 19 })).toBeNull();
});

test('everything, by statement', () => {
  const script = wholeScript(text);
  expect(script?.pieces).toHaveLength(2);
  expect(script && verbOf(script, 2)).toBe('SELECT');
  expect(wholeScript(' ;; ')).toBeNull();
});

test('positions count characters, the editor counts UTF-16', () => {
  const script = wholeScript(text);
  const error = { code: 'query_failed', message: 'column "nme" does not exist', position: 13 };
  const marker = script && errorMarker(script, 1, error);
  expect(marker && text.slice(marker.start, marker.end)).toBe('nme');
});

test('an error at the end of the input marks the last character', () => {
  const script = wholeScript('  select (');
  const error = { code: 'query_failed', message: 'syntax error at end of input', position: 9 };
  expect(script && errorMarker(script, 1, error)).toMatchObject({ start: 9, end: 10 });
  expect(script && errorMarker(script, 1, { code: 'x', message: 'y' })).toBeNull();
});
