/** A whole file's facts, measured as it was written. */
export type WrittenFile = { size_bytes: number; sha256: string };
