import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** What a step showed: how many tests passed, and each that failed by its name and its error. */
export interface Result {
  passed: number;
  failures: string[];
}

interface VitestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[];
  }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  suites?: Suite[];
  errors?: { message?: string }[];
}

interface Suite {
  specs?: { title: string; file: string; line: number; tests: { status: string; results: Attempt[] }[] }[];
  suites?: Suite[];
}

type Attempt = { error?: { message?: string } };

/** The result of a program without tests of its own, like the compiler: it is one test. */
export function resultOfExit(name: string, code: number): Result {
  return code === 0
    ? { passed: 1, failures: [] }
    : { passed: 0, failures: [failureOf(name, `exit code ${code}`)] };
}

/** The result in Vitest's JSON report. A file that could not be loaded is one failed test. */
export async function readVitest(file: string, code: number): Promise<Result> {
  const report = await readReport<VitestReport>(file);
  const failures = (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const place = path.relative(process.cwd(), name);
    const failed = assertionResults.filter((assertion) => assertion.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [failureOf(place, message)];
    return failed.map(({ fullName, failureMessages }) =>
      failureOf(`${place} › ${fullName}`, failureMessages?.join('\n')),
    );
  });
  return atLeastOne(file, { passed: report?.numPassedTests ?? 0, failures }, code);
}

/** The result in Playwright's JSON report. */
export async function readPlaywright(file: string, code: number): Promise<Result> {
  const report = await readReport<PlaywrightReport>(file);
  const { expected, flaky } = report?.stats ?? { expected: 0, flaky: 0 };
  const failures = (report?.suites ?? []).flatMap(failuresOf);
  for (const { message } of report?.errors ?? []) failures.push(failureOf('playwright', message));
  return atLeastOne(file, { passed: expected + flaky, failures }, code);
}

function failuresOf({ specs = [], suites = [] }: Suite): string[] {
  const own = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected')
      .map(({ results }) => failureOf(`${file}:${line} › ${title}`, results.at(-1)?.error?.message)),
  );
  return [...own, ...suites.flatMap(failuresOf)];
}

/** What failed, and its error as far as a screen has room for it. */
export function failureOf(name: string, error = 'no error was reported'): string {
  const lines = error
    .replace(colours, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('/node_modules/'));
  return [name, ...lines.slice(0, 12).map((line) => `    ${line.slice(0, 300)}`)].join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character starts a colour
const colours = /\u001b\[[\d;]*m/g;

/** A program that ended badly failed at least once; one without a report tested nothing, which is a failure too. */
function atLeastOne(file: string, { passed, failures }: Result, code: number): Result {
  const isSilent = passed + failures.length === 0;
  if (failures.length > 0 || (code === 0 && !isSilent)) return { passed, failures };
  const why = isSilent ? 'no test ran' : `all tests passed, but the exit code is ${code}`;
  return { passed, failures: [failureOf(path.basename(file, '.json'), why)] };
}

async function readReport<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
