import { type CDPSession, chromium, type Page } from '@playwright/test';
import { findChromium } from '../chromium';
import { ensureMillionRows, million, millionRows } from './million-rows';
import type { Report } from './report';

/** A running Howdah, for a browser. */
export type GridPlace = { url: string; password: string; urlOf: (database: string) => string };

const seconds = 6;
/** Pixels of one frame: some 200 rows a second. */
const step = 100;
/** Rows that the grid holds at once, and its header. */
const fullWindow = 20_001;
const mostHeap = 300;

/** What frames came to: how many a second, and how long the slowest twentieth took at least. */
type Frames = { perSecond: number; p95: number; worst: number; rows: number };

/**
 * A table of a million rows in Chromium, scrolled on and on both ways over a full window: frames, counted by
 * requestAnimationFrame, and the heap of JavaScript, beside an empty page that only counts frames.
 */
export async function benchGrid({ url, password, urlOf }: GridPlace): Promise<Report[]> {
  await ensureMillionRows(urlOf);
  const browser = await chromium.launch({ executablePath: findChromium() });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, baseURL: url });
    const floor = await countFrames(page, 0);
    await signIn(page, password);
    await page.goto(`/s/demo/${million}/r/public/events?at=0.3&limit=1000`);
    await fillWindow(page);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const system = await browser.newBrowserCDPSession();
    const reports: Report[] = [];
    const heaps: number[] = [];
    for (const [way, pixels] of [
      ['down', step],
      ['up', -step],
    ] as const) {
      const watch = watchHeap(devtools);
      const before = await cpuOf(system);
      const frames = await countFrames(page, pixels);
      const cpu = ((await cpuOf(system)) - before) / (frames.perSecond * seconds);
      heaps.push(...(await watch()));
      reports.push(reportFrames(way, floor, { ...frames, cpu }));
    }
    return [...reports, await reportHeap(devtools, Math.max(...heaps))];
  } finally {
    await browser.close();
  }
}

async function signIn(page: Page, password: string): Promise<void> {
  const { request } = page.context();
  const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, username: 'developer', password, json: 'true' };
  await request.post('/api/auth/callback/credentials', { form });
}

/** Scrolls to the end of what is there until the grid holds as many rows as it ever does. */
async function fillWindow(page: Page): Promise<void> {
  const grid = page.getByRole('grid');
  for (let tries = 0; tries < 200; tries += 1) {
    const rows = Number(await grid.getAttribute('aria-rowcount'));
    if (rows >= fullWindow) return;
    await grid.evaluate((scroller) => scroller.scrollTo({ top: scroller.scrollHeight }));
    await page.waitForTimeout(150);
  }
  throw new Error('the grid did not come to hold a full window of rows');
}

/** Scrolls so many pixels a frame for some seconds, as far as there are rows, and counts the frames. */
async function countFrames(page: Page, pixels: number): Promise<Frames> {
  // No function in it has a name: what is compiled for the browser must stand alone.
  const { deltas, rows } = await page.evaluate(
    async ({ pixels, ms }) => {
      const grid = document.querySelector('[role=grid]');
      const deltas: number[] = [];
      let rows = 0;
      const started = await new Promise<number>((next) => requestAnimationFrame(next));
      for (let last = started; last - started < ms; ) {
        const now = await new Promise<number>((next) => requestAnimationFrame(next));
        deltas.push(now - last);
        last = now;
        if (!grid) continue;
        const before = grid.scrollTop;
        grid.scrollTop += pixels;
        rows += Math.abs(grid.scrollTop - before) / 28;
      }
      return { deltas, rows };
    },
    { pixels, ms: seconds * 1000 },
  );
  const sorted = [...deltas].sort((a, b) => a - b);
  const elapsed = deltas.reduce((sum, delta) => sum + delta, 0);
  return {
    perSecond: (deltas.length * 1000) / elapsed,
    p95: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    worst: sorted.at(-1) ?? Number.NaN,
    rows: Math.round(rows),
  };
}

/** Reads the heap, in megabytes, five times a second until the answer is called. */
function watchHeap(devtools: CDPSession): () => Promise<number[]> {
  const sizes: number[] = [];
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      sizes.push(await heapOf(devtools));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  return async () => {
    isOver = true;
    await reading;
    return sizes;
  };
}

async function heapOf(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1024 / 1024;
}

/** Milliseconds that the processes of pages and of drawing have worked so far: no other program's turns are in it. */
async function cpuOf(system: CDPSession): Promise<number> {
  const { processInfo } = await system.send('SystemInfo.getProcessInfo');
  const own = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU');
  return own.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000;
}

function reportFrames(way: string, floor: Frames, frames: Frames & { cpu: number }): Report {
  return {
    name: `grid of ${millionRows.toLocaleString('en')} rows, scrolled ${way} over ${frames.rows} of them`,
    floor: `an empty page ${inWords(floor)}`,
    howdah: `${inWords(frames)}, ${frames.cpu.toFixed(1)} ms of CPU each`,
    ratio: frames.p95 / floor.p95,
    goal: "95 % of the frames within 1.5 × the floor's",
    isGood: frames.rows > 0 && frames.p95 <= 1.5 * floor.p95,
  };
}

function inWords({ perSecond, p95, worst }: Frames): string {
  return `${perSecond.toFixed(1)} frames a second, 95 % within ${p95.toFixed(1)} ms, the worst ${worst.toFixed(1)} ms`;
}

async function reportHeap(devtools: CDPSession, peak: number): Promise<Report> {
  await devtools.send('HeapProfiler.collectGarbage');
  const held = await heapOf(devtools);
  return {
    name: 'grid, heap of JavaScript with a full window of rows',
    floor: `held after collecting garbage ${held.toFixed(0)} MB`,
    howdah: `at most ${peak.toFixed(0)} MB`,
    ratio: peak / held,
    goal: `at most ${mostHeap} MB`,
    isGood: peak <= mostHeap,
  };
}
