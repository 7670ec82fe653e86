import { describe, expect, it } from 'vitest';
import {
  type Condition,
  conditionInWords,
  conditionOfCell,
  conditionOfInput,
  formatCondition,
  inputOfCondition,
  parseCondition,
} from './conditions';

const is42: Condition = { column: 'user_id', operator: 'eq', value: '42' };

describe('parseCondition', () => {
  it('reads column, operator and value', () => {
    expect(parseCondition('user_id.eq.42')).toEqual(is42);
    expect(parseCondition('price.gte.1.50')).toEqual({ column: 'price', operator: 'gte', value: '1.50' });
    expect(parseCondition('name.eq.')).toEqual({ column: 'name', operator: 'eq', value: '' });
  });

  it.each(['', 'user_id', 'user_id.eq', 'user_id.near.1', '.eq.1', 'a.toString.1'])(
    'is null for %j',
    (text) => {
      expect(parseCondition(text)).toBeNull();
    },
  );

  it('is the inverse of formatCondition', () => {
    const hostile: Condition = { column: 'a.b,c %2E', operator: 'ilike', value: '%a.b,c%' };
    expect(formatCondition(hostile)).toBe('a%2Eb%2Cc%20%252E.ilike.%a.b,c%');
    expect(parseCondition(formatCondition(hostile))).toEqual(hostile);
  });
});

describe('conditionOfCell', () => {
  it('asks for NULL with is', () => {
    expect(conditionOfCell('a', null)).toEqual({ column: 'a', operator: 'is', value: 'null' });
    expect(conditionOfCell('a', '')).toEqual({ column: 'a', operator: 'eq', value: '' });
  });
});

describe('conditionInWords', () => {
  it('shows the empty string', () => {
    expect(conditionInWords(is42)).toBe('user_id = 42');
    expect(conditionInWords({ ...is42, value: '' })).toBe("user_id = ''");
  });
});

describe('conditionOfInput', () => {
  it('takes a list apart and keeps its per cent signs', () => {
    const list = conditionOfInput('a', 'in', '1, 50%,c');
    expect(list.value).toBe('1,50%25,c');
    expect(conditionInWords(list)).toBe('a one of 1, 50%, c');
    expect(conditionOfInput('a', 'like', '50%').value).toBe('50%');
    expect(inputOfCondition(list)).toBe('1, 50%, c');
    expect(inputOfCondition(is42)).toBe('42');
  });
});
