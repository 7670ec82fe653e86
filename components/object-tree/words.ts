/** An estimate of rows in little room: `950`, `12k`, `1.2M`. */
export function estimateInShort(rows: number): string {
  if (rows < 1_000) return String(Math.trunc(rows));
  for (const [unit, name] of units) if (rows >= unit) return `${shorten(rows / unit)}${name}`;
  return `${shorten(rows / 1_000)}k`;
}

const units = [
  [1e9, 'B'],
  [1e6, 'M'],
] as const;

function shorten(value: number): string {
  return value < 9.95 ? String(Number(value.toFixed(1))) : String(Math.round(value));
}
