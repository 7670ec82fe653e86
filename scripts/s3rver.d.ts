/** What is used of the S3 server of the tests, which comes without types. */
declare module '@20minutes/s3rver' {
  import type { IncomingHttpHeaders, Server } from 'node:http';

  /** A request of Koa's and its answer, as far as they are looked at. */
  export type Context = {
    method: string;
    path: string;
    headers: IncomingHttpHeaders;
    query: Record<string, string | undefined>;
    params: Record<string, string>;
    status: number;
    body: unknown;
  };
  export type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      directory: string;
      silent: boolean;
      vhostBuckets: boolean;
      configureBuckets: { name: string }[];
    });
    middleware: Middleware[];
    httpServer: Server;
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}

declare module '@20minutes/s3rver/lib/middleware/authentication.js' {
  import type { Middleware } from '@20minutes/s3rver';

  export default function authentication(): Middleware;
}
