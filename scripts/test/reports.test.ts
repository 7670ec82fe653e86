import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countExit, countPlaywright, countVitest } from './reports';

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
  expect(countExit(0)).toEqual({ passed: 1, failed: 0 });
  expect(countExit(2)).toEqual({ passed: 0, failed: 1 });
});

test('a test file that does not load is a failed test', async () => {
  const file = await report({
    numPassedTests: 3,
    numFailedTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    ],
  });
  expect(await countVitest(file, 1)).toEqual({ passed: 3, failed: 2 });
});

test('a bad end counts even when every test passed', async () => {
  const file = await report({ numPassedTests: 3, numFailedTests: 0, testResults: [] });
  expect(await countVitest(file, 1)).toEqual({ passed: 3, failed: 1 });
});

test.each(['', 'not json'])('a report that says nothing is a failure: %j', async (content) => {
  expect(await countVitest(await report(content), 0)).toEqual({ passed: 0, failed: 1 });
  expect(await countPlaywright(path.join(folder, 'missing.json'), 0)).toEqual({ passed: 0, failed: 1 });
});

test('a flaky test passed in the end', async () => {
  const file = await report({ stats: { expected: 4, unexpected: 2, flaky: 1 } });
  expect(await countPlaywright(file, 1)).toEqual({ passed: 5, failed: 2 });
});
