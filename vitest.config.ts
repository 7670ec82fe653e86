import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

const shared = {
  resolve: {
    alias: { '@': root.replace(/\/$/, ''), 'server-only': `${root}node_modules/server-only/empty.js` },
  },
};

/** Two projects: `unit` needs nothing, `pg` gets a real PostgreSQL from scripts/embedded. */
export default defineConfig({
  ...shared,
  test: {
    // What Howdah says on stdout, its audit log among it, is read where a test fails.
    silent: 'passed-only',
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{lib,components,app,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.pg.test.ts'],
          // A thread for each of the many small files begins sooner than a process.
          pool: 'threads',
          // Some parse a lot, beside whatever else the machine does.
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'pg',
          include: ['{lib,app,scripts,migrations}/**/*.pg.test.ts'],
          globalSetup: ['scripts/embedded/vitest-setup.ts'],
          // Tests enrol the one server, whose roles are shared: one file at a time.
          maxWorkers: 1,
          // A limit for what hangs, not for a slow machine: `until` gives up before it.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
