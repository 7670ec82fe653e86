import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import S3rver, { type Context, type Middleware } from '@20minutes/s3rver';
import authentication from '@20minutes/s3rver/lib/middleware/authentication.js';

/** The one key that the server knows. */
export const s3Key = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' } as const;

export type S3Server = {
  endpoint: string;
  /** The unfinished uploads of the bucket: their names, and how many parts each has. */
  uploads(): Promise<{ key: string; parts: number }[]>;
  /** Breaks the connections that it has. */
  breakConnections(): void;
  /** Ends it with the connections that it has. */
  stop(): Promise<void>;
};

/** A port, any free one without; and who hears of each request, which waits for that. */
export type S3Options = {
  port?: number;
  onRequest?: (request: Pick<Context, 'headers' | 'query'>) => Promise<void> | void;
};

/**
 * Starts an S3 server with one bucket on this machine. It checks the signature of every request and keeps objects in
 * `folder`. What it does not know by itself, listing and aborting unfinished uploads, is added here over its own files.
 */
export async function startS3Server(
  folder: string,
  bucket: string,
  { port = 0, onRequest }: S3Options = {},
): Promise<S3Server> {
  await mkdir(folder, { recursive: true });
  const server = new S3rver({
    address: '127.0.0.1',
    port,
    directory: folder,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  });
  const uploads = path.join(folder, bucket, '._S3rver_uploads');
  // The last one answers; what stands before it sees every request.
  server.middleware.splice(-1, 0, completing(uploads, bucket), async (request, next) => {
    await onRequest?.(request);
    await next();
  });
  const { port: taken } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${taken}`,
    uploads: async () => (await listUploads(uploads)).map(({ key, parts }) => ({ key, parts })),
    breakConnections: () => server.httpServer.closeAllConnections(),
    async stop() {
      server.httpServer.closeAllConnections();
      await server.close();
    },
  };
}

type Unfinished = { id: string; key: string; parts: number; begun: Date };

async function listUploads(folder: string): Promise<Unfinished[]> {
  const ids = await readdir(folder).catch(() => []);
  const uploads = await Promise.all(ids.map((id) => readUpload(folder, id)));
  return uploads.filter((upload) => upload !== null);
}

/** Null for what is no upload any more: the server makes the folder again for a part that came late, without its key. */
async function readUpload(folder: string, id: string): Promise<Unfinished | null> {
  const file = path.join(folder, id, 'key');
  try {
    const names = await readdir(path.join(folder, id));
    return {
      id,
      key: await readFile(file, 'utf8'),
      parts: names.filter((name) => /^\d+$/.test(name)).length,
      begun: (await stat(file)).mtime,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Answers what the server does not know by itself, and gives all else on. */
function completing(folder: string, bucket: string): Middleware {
  const authenticate = authentication();
  return async (context, next) => {
    const { method, path: place, query } = context;
    const [, , ...key] = decodeURIComponent(place).split('/');
    if (place === `/${bucket}/`) {
      // The client signs this path with its slash; the server would verify it without.
      context.params = { bucket: `${bucket}/` };
      await authenticate(context, async () => {
        delete context.headers.authorization;
        await (query.uploads === undefined ? next() : answerList(context, folder));
      });
    } else if (method === 'DELETE' && query.uploadId !== undefined) {
      context.params = { bucket, key: key.join('/') };
      await authenticate(context, () => abort(context, folder));
    } else {
      await next();
    }
  };
}

async function answerList(context: Context, folder: string): Promise<void> {
  const { prefix = '' } = context.query;
  const found = (await listUploads(folder)).filter(({ key }) => key.startsWith(prefix));
  context.body = {
    ListMultipartUploadsResult: {
      Prefix: prefix,
      IsTruncated: false,
      Upload: found.map(({ id, key, begun }) => ({
        Key: key,
        UploadId: id,
        Initiated: begun.toISOString(),
      })),
    },
  };
}

async function abort(context: Context, folder: string): Promise<void> {
  const upload = path.join(folder, path.basename(context.query.uploadId ?? ''));
  // Tried again where a part is just being written there.
  await rm(upload, { recursive: true, force: true, maxRetries: 10 });
  context.status = 204;
}
