const registry = Symbol.for('howdah.singletons');

type Holder = { [registry]?: Map<string, unknown> };

/**
 * The one instance of `key` in this process. Next gives pages, handlers and instrumentation a copy of every
 * module each; pools and listeners must still exist once, so they live on globalThis. The key names the type:
 * use it in one place only.
 */
export function singleton<T>(key: string, make: () => T): T {
  const holder = globalThis as typeof globalThis & Holder;
  holder[registry] ??= new Map();
  if (!holder[registry].has(key)) holder[registry].set(key, make());
  return holder[registry].get(key) as T;
}
