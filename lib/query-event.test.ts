import { expect, test } from 'vitest';
import { errorLine } from './query-event';

test('an error in one line says what to do next, where that is known', () => {
  expect(errorLine({ message: 'It is down.', hint: 'Start it.' })).toBe('It is down. Start it.');
  expect(errorLine({ message: 'It is down.' })).toBe('It is down.');
});
