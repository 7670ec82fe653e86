/** The middle of some numbers. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export type Rate = { perSecond: number; p50: number; p99: number };

/** Calls `work` from `clients` loops at once for `seconds`; the latencies are in milliseconds. */
export async function rate(
  clients: number,
  seconds: number,
  work: (client: number) => Promise<unknown>,
): Promise<Rate> {
  const latencies: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) latencies.push(await timed(() => work(client)));
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (fraction: number) => latencies[Math.floor(latencies.length * fraction)] ?? Number.NaN;
  return { perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99) };
}

/** Runs the candidates in turn, several rounds of each, so that all meet the same noise; answers their results. */
export async function alternate<T>(
  rounds: number,
  candidates: Record<string, () => Promise<T>>,
): Promise<Record<string, T[]>> {
  const results: Record<string, T[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(candidates)) {
      results[name] = [...(results[name] ?? []), await run()];
    }
  }
  return results;
}
