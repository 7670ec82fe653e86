/**
 * Aborts the returned signal once when this process is asked to end: Ctrl-C, a closed terminal, `kill`, or the end of the
 * process that started it. Later requests change nothing, because an orderly stop is on its way.
 */
export function listenForEnd(): AbortSignal {
  const controller = new AbortController();
  const end = () => controller.abort();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(name, end);
  // Whoever read our output may be gone (`npm run demo | head`); the stop must still be orderly.
  process.stdout.on('error', end);
  process.stderr.on('error', end);
  return controller.signal;
}

/** Resolves when the signal is aborted. */
export function untilEnd(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
