import type { ErrorBody } from '@/lib/query-event';

/** How an export goes on: bytes that have come, or the error that ended it. */
export type Progress = (bytes: number) => void;

/**
 * Fetches a download and saves it when all of it is here: a part of a file is never saved. Aborting ends it on the server
 * too. Answers what went wrong, or null. Throws only when aborted.
 */
export async function saveFile(
  url: string,
  init: RequestInit,
  onProgress: Progress,
): Promise<ErrorBody | null> {
  try {
    const response = await fetch(url, init);
    if (!response.ok || response.body === null) return await readError(response);
    const type = response.headers.get('content-type') ?? '';
    const blob = await new Response(counted(response.body, onProgress), {
      headers: { 'content-type': type },
    }).blob();
    save(blob, fileName(response.headers.get('content-disposition') ?? ''));
    return null;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    return brokenOff;
  }
}

const brokenOff: ErrorBody = {
  code: 'unreachable',
  message: 'The export broke off, so that nothing was saved.',
  hint: 'Its run in the history says why. Then export again.',
};

function counted(body: ReadableStream<Uint8Array>, onProgress: Progress): ReadableStream<Uint8Array> {
  let bytes = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      onProgress(bytes);
      controller.enqueue(chunk);
    },
  });
  return body.pipeThrough(count);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser reads it after the click; a minute is enough to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The name that the server gave, which is safe; see lib/file-name.ts. */
export function fileName(disposition: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return encoded === undefined ? 'export' : decodeURIComponent(encoded);
}

/** The error of an answer that is no file; a proxy's page has none. */
async function readError(response: Response): Promise<ErrorBody> {
  const body = (await response.json().catch(() => ({}))) as { error?: ErrorBody };
  return body.error ?? { code: 'internal', message: `Howdah answered ${response.status}.` };
}
