import { existsSync } from 'node:fs';
import { chosenChromium } from './settings';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine, or undefined when there is only Playwright's own, if any. */
export function findChromium(): string | undefined {
  return [chosenChromium(), ...usual].find((file) => file !== undefined && existsSync(file));
}
