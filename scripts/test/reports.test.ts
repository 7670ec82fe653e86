import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf, readPlaywright, readVitest, resultOfExit } from './reports';
import { countsOf, sum } from './summary';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'howdah-reports-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function report(content: unknown): Promise<string> {
  const file = path.join(folder, 'report.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

test('a program without tests is one test', () => {
  expect(resultOfExit('lint', 0)).toEqual({ passed: 1, failures: [] });
  expect(resultOfExit('lint', 2)).toEqual({ passed: 0, failures: ['lint\n    exit code 2'] });
});

test('every failed test is named with its error, and a file that does not load is one', async () => {
  const file = await report({
    numPassedTests: 3,
    testResults: [
      {
        name: path.resolve('lib/broken.test.ts'),
        status: 'failed',
        message: 'no such module',
        assertionResults: [],
      },
      {
        name: path.resolve('lib/sum.test.ts'),
        status: 'failed',
        assertionResults: [
          {
            status: 'failed',
            fullName: 'adds two',
            failureMessages: ['\u001b[31mexpected 3\u001b[39m\n\n  at sum\n  at /node_modules/x'],
          },
          { status: 'passed', fullName: 'adds one' },
        ],
      },
    ],
  });
  expect(await readVitest(file, 1)).toEqual({
    passed: 3,
    failures: [
      'lib/broken.test.ts\n    no such module',
      'lib/sum.test.ts › adds two\n    expected 3\n      at sum',
    ],
  });
});

test('a bad end counts even when every test passed', async () => {
  const result = await readVitest(await report({ numPassedTests: 3, testResults: [] }), 1);
  expect(result).toEqual({ passed: 3, failures: [expect.stringContaining('exit code is 1')] });
});

test.each(['', 'not json'])('a report that says nothing is a failure: %j', async (content) => {
  const nothing = (name: string) => ({ passed: 0, failures: [`${name}\n    no test ran`] });
  expect(await readVitest(await report(content), 0)).toEqual(nothing('report'));
  expect(await readPlaywright(path.join(folder, 'missing.json'), 0)).toEqual(nothing('missing'));
});

test('a browser test is named by its place; a flaky one passed in the end', async () => {
  const specOf = (status: string) => ({
    title: `is ${status}`,
    file: 'rooms.spec.ts',
    line: 7,
    tests: [{ status, results: [{ error: { message: 'first' } }, { error: { message: 'last' } }] }],
  });
  const file = await report({
    stats: { expected: 4, unexpected: 1, flaky: 1 },
    suites: [{ specs: [specOf('expected')], suites: [{ specs: [specOf('unexpected'), specOf('flaky')] }] }],
  });
  expect(await readPlaywright(file, 1)).toEqual({
    passed: 5,
    failures: ['rooms.spec.ts:7 › is unexpected\n    last'],
  });
});

test('a long error is cut, and the sum counts what is named', () => {
  const long = failureOf('a test', Array.from({ length: 90 }, () => 'x'.repeat(900)).join('\n'));
  expect(long.split('\n').length).toBe(13);
  expect(long.length).toBeLessThan(4_000);
  const total = sum([
    { passed: 2, failures: [long] },
    { passed: 3, failures: [] },
  ]);
  expect(countsOf(total)).toBe('5 passed, 1 failed');
  expect(total.failures).toEqual([long]);
});
