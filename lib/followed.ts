import 'server-only';
import { streamed } from './answer-headers';
import { deferred } from './deferred';
import { AppError, errorBody } from './errors';
import { NDJSON } from './ndjson';

const headers = { ...streamed, 'content-type': NDJSON };

/**
 * The response of work that tells how far it is: an event a line, and at the end `done` with what it answers, or `error`. What
 * fails before it has told anything is thrown, so that it gets a status. The work goes on when its reader leaves.
 */
export async function followedResponse<E extends object>(
  work: (tell: (event: E) => void) => Promise<object>,
): Promise<Response> {
  const begun = deferred();
  let isRead = true;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = (event: object) => {
        if (isRead) controller.enqueue(Buffer.from(`${JSON.stringify(event)}\n`));
        begun.resolve();
      };
      void work(tell)
        .then(
          (answer) => tell({ type: 'done', ...answer }),
          (error) => {
            begun.reject(error);
            if (!(error instanceof AppError)) console.error('howdah: what was followed failed', error);
            tell({ type: 'error', error: errorBody(error) });
          },
        )
        .finally(() => isRead && controller.close());
    },
    cancel() {
      isRead = false;
    },
  });
  await begun.promise;
  return new Response(body, { headers });
}
