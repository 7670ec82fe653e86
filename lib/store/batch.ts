import 'server-only';
import { setImmediate as turn } from 'node:timers/promises';

type Waiting<T, R> = { row: T; resolve: (result: R) => void; reject: (error: unknown) => void };

/**
 * Work for many at once: what is asked in one turn of the event loop, and while a call of `work` is in flight,
 * shares one round trip (and one commit); a lone caller waits for no clock. `work` answers one result a row, in order.
 * When a batch fails over its data (SQLSTATE class 22 or 23), its rows are tried one by one, so that one bad row
 * harms no other.
 */
export function inBatches<T, R>(work: (rows: T[]) => Promise<R[]>, most = 500): (row: T) => Promise<R> {
  let gathering: Waiting<T, R>[] = [];
  let isWorking = false;

  async function drain(): Promise<void> {
    isWorking = true;
    for (;;) {
      await turn();
      if (gathering.length === 0) break;
      const batch = gathering.slice(0, most);
      gathering = gathering.slice(most);
      await settle(batch);
    }
    isWorking = false;
  }

  async function settle(batch: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await work(batch.map(({ row }) => row));
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as R);
      });
    } catch (error) {
      if (batch.length > 1 && isAboutData(error)) for (const waiting of batch) await settle([waiting]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return (row) =>
    new Promise((resolve, reject) => {
      gathering.push({ row, resolve, reject });
      if (!isWorking) void drain();
    });
}

function isAboutData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}
