/** Called by Next once a process, before the first request. Never waits for the store. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next's own guard, inlined at build time
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startHowdah } = await import('./lib/start');
  const { POST } = await import('./app/api/v1/servers/[server]/databases/[database]/queries/route');
  startHowdah([
    {
      method: 'POST',
      path: /^\/api\/v1\/servers\/(?<server>[\w-]+)\/databases\/(?<database>[\w-]+)\/queries$/,
      handler: POST,
    },
  ]);
}
