import 'server-only';

type Waiting<T> = { row: T; resolve: () => void; reject: (error: unknown) => void };

/**
 * Group commit: while one `write` is in flight the next rows gather, so that many callers share one commit and
 * a lone caller waits for nothing. The returned function resolves when its row is committed. When a batch fails
 * over its data (SQLSTATE class 22 or 23), its rows are tried one by one, so that one bad row harms no other.
 */
export function groupCommit<T>(write: (rows: T[]) => Promise<void>, most = 500): (row: T) => Promise<void> {
  let gathering: Waiting<T>[] = [];
  let isWriting = false;

  async function flush(): Promise<void> {
    isWriting = true;
    while (gathering.length > 0) {
      const batch = gathering.slice(0, most);
      gathering = gathering.slice(most);
      await writeBatch(batch);
    }
    isWriting = false;
  }

  async function writeBatch(batch: Waiting<T>[]): Promise<void> {
    try {
      await write(batch.map(({ row }) => row));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 && isAboutData(error)) for (const waiting of batch) await writeBatch([waiting]);
      else for (const { reject } of batch) reject(error);
    }
  }

  return (row) =>
    new Promise((resolve, reject) => {
      gathering.push({ row, resolve, reject });
      if (!isWriting) void flush();
    });
}

function isAboutData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}
