import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { runNode } from '../children';
import { findChromium } from '../chromium';
import type { Stack } from '../stack';
import { withTemporaryStack } from '../temporary-stack';
import { type Result, readPlaywright } from './reports';
import type { StepContext } from './steps';

/** Starts Howdah on new data and a free port, and runs the browser tests against it. */
export async function runBrowserTests({ folder, signal }: StepContext): Promise<Result> {
  if (!findChromium() && !existsSync(chromium.executablePath())) {
    const failure = `There is no Chromium on this machine. Get one by: ${howToInstall()}`;
    console.error(failure);
    return { passed: 0, failures: [failure] };
  }
  return withTemporaryStack({ folder, durable: false, signal }, (stack) =>
    runPlaywright(stack, path.join(folder, 'browser.json'), signal),
  );
}

async function runPlaywright(stack: Stack, report: string, signal: AbortSignal): Promise<Result> {
  const env = {
    BASE_URL: stack.url,
    HOWDAH_DEMO_PASSWORD: stack.password,
    E2E_SERVER_URL: stack.serverUrl,
    E2E_STORE_URL: stack.storeUrl,
    E2E_DATA: path.dirname(stack.logFile),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const args = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'];
  return readPlaywright(report, await runNode(args, { env, signal }));
}

function howToInstall(): string {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version')
    ? 'apt-get update && apt-get install chromium'
    : 'npx playwright install chromium';
}
