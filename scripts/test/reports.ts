import { readFile } from 'node:fs/promises';

/** How many tests of a step passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

/** The counts of a program without tests of its own, like the compiler: it is one test. */
export function countExit(code: number): Counts {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The counts in Vitest's JSON report. A file that could not be loaded is one failed test. */
export async function countVitest(file: string, code: number): Promise<Counts> {
  const report = await readReport<VitestReport>(file);
  if (!report) return atLeastOne({ passed: 0, failed: 0 }, code);
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((assertion) => assertion.status !== 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return atLeastOne({ passed: report.numPassedTests, failed }, code);
}

/** The counts in Playwright's JSON report. */
export async function countPlaywright(file: string, code: number): Promise<Counts> {
  const report = await readReport<PlaywrightReport>(file);
  if (!report) return atLeastOne({ passed: 0, failed: 0 }, code);
  const { expected, flaky, unexpected } = report.stats;
  return atLeastOne({ passed: expected + flaky, failed: unexpected }, code);
}

/** A program that ended badly failed at least once; one without a report tested nothing, which is a failure too. */
function atLeastOne({ passed, failed }: Counts, code: number): Counts {
  const isSilent = passed + failed === 0;
  return { passed, failed: code !== 0 || isSilent ? Math.max(failed, 1) : failed };
}

async function readReport<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
