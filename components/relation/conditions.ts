import { decodeText, encodePart, splitParts } from './url-parts';

/** The operators of a filter, as the API names them, with the words that people read. */
export const operatorWords = {
  eq: '=',
  neq: '≠',
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  like: 'like',
  ilike: 'like, any case',
  in: 'one of',
  is: 'is',
  contains: 'contains',
} as const;

export type Operator = keyof typeof operatorWords;

/** One condition of a filter; the value is text, as PostgreSQL would read it. */
export type Condition = { column: string; operator: Operator; value: string };

export const operators = Object.keys(operatorWords) as Operator[];

/** What `is` may say. */
export const isValues = [
  { value: 'null', words: 'NULL' },
  { value: 'not_null', words: 'not NULL' },
  { value: 'true', words: 'true' },
  { value: 'false', words: 'false' },
] as const;

/** `user_id.eq.42` as a condition, or null when it is none. Everything after the second dot is the value. */
export function parseCondition(text: string): Condition | null {
  const [column, operator = '', value] = splitParts(text, 3);
  if (!column || value === undefined || !isOperator(operator)) return null;
  return { column, operator, value };
}

/** The inverse of parseCondition. */
export function formatCondition({ column, operator, value }: Condition): string {
  return `${encodePart(column)}.${operator}.${value}`;
}

/** The condition that a cell's value suggests: `is null` for NULL. */
export function conditionOfCell(column: string, value: string | null): Condition {
  return value === null ? { column, operator: 'is', value: 'null' } : { column, operator: 'eq', value };
}

/** What was typed as a condition. Of `in` it is a list: its values are percent-encoded, since `%` is read back. */
export function conditionOfInput(column: string, operator: Operator, text: string): Condition {
  if (operator !== 'in') return { column, operator, value: text };
  const items = text.split(',').map((item) => item.trim().replaceAll('%', '%25'));
  return { column, operator, value: items.join(',') };
}

/** What is typed for a condition: the inverse of conditionOfInput, but for commas within the values of a list. */
export function inputOfCondition({ operator, value }: Condition): string {
  if (operator !== 'in') return value;
  return value.split(',').map(decodeText).join(', ');
}

/** A value as it was typed. */
export function valueInWords({ operator, value }: Condition): string {
  if (operator === 'is') return isValues.find((state) => state.value === value)?.words ?? value;
  if (operator === 'in') return value.replaceAll(',', ', ').replaceAll('%25', '%');
  return value === '' ? "''" : value;
}

/** A condition in words: `user_id = 42`. */
export function conditionInWords(condition: Condition): string {
  return `${condition.column} ${operatorWords[condition.operator]} ${valueInWords(condition)}`;
}

export function isOperator(text: string): text is Operator {
  return Object.hasOwn(operatorWords, text);
}
