import { expect, test } from 'vitest';
import { hexColour } from './hex-colour';

test('short colours are written out; what is none becomes grey', () => {
  expect(hexColour('#fff')).toBe('#ffffff');
  expect(hexColour('#1B1c22')).toBe('#1B1c22');
  expect(hexColour('red')).toBe('#808080');
});
