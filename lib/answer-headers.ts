/** On every answer of the API: it is one user's, and nothing between may keep it. */
export const uncached = { 'cache-control': 'private, no-store' } as const;

/** On an answer that is sent while it is made: nothing between may gather it first, or guess what it is. */
export const streamed = {
  ...uncached,
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
} as const;

/** On a file that a browser saves: its type and its Content-Disposition. */
export function savedAs(disposition: string, type: string) {
  return { ...streamed, 'content-type': type, 'content-disposition': disposition };
}

/** On one whose length is known before: `howdah-length` survives where a proxy takes `content-length` away. */
export function ofLength(bytes: number) {
  return { 'content-length': String(bytes), 'howdah-length': String(bytes) };
}
