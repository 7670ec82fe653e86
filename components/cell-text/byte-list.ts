/** Bytes that grow at their end, in one piece. */
export type ByteList = {
  length(): number;
  /** Room for `count` more bytes: where they may be written, and from which place on. `advance` makes them count. */
  reserve(count: number): { bytes: Uint8Array; at: number };
  advance(count: number): void;
  slice(from: number, to: number): Uint8Array;
};

/** An empty list. */
export function createByteList(): ByteList {
  let bytes = new Uint8Array(1024);
  let length = 0;
  return {
    length: () => length,
    reserve(count) {
      if (length + count > bytes.length) {
        const larger = new Uint8Array(Math.max(length + count, bytes.length * 2));
        larger.set(bytes.subarray(0, length));
        bytes = larger;
      }
      return { bytes, at: length };
    },
    advance(count) {
      length += count;
    },
    slice: (from, to) => bytes.subarray(from, Math.min(to, length)),
  };
}
