const codeOf = (letter: string) => letter.charCodeAt(0);
const [quote, backslash, comma, colon, blank, lineFeed] = ['"', '\\', ',', ':', ' ', '\n'].map(codeOf) as [
  ...[number, number, number, number, number, number],
];
const [openObject, closeObject, openArray, closeArray] = ['{', '}', '[', ']'].map(codeOf) as [
  ...[number, number, number, number],
];

/** Levels that are indented: deeper ones stand below each other. */
const mostLevels = 40;

/**
 * Lays JSON out over lines as its bytes come, without reading a value: numbers, escapes, key order and duplicate keys stay as
 * PostgreSQL wrote them. What is no JSON comes out in some layout.
 */
export function createJsonLayout(): (bytes: Uint8Array) => Uint8Array {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  /** What was opened last is empty so far: it closes on the same line. */
  let isEmpty = false;
  let out = new Uint8Array(1024);
  let used = 0;

  function put(byte: number): void {
    out[used] = byte;
    used += 1;
  }

  function breakLine(): void {
    put(lineFeed);
    for (let i = Math.min(depth, mostLevels) * 2; i > 0; i -= 1) put(blank);
  }

  function beginValue(): void {
    if (isEmpty) breakLine();
    isEmpty = false;
  }

  function take(byte: number): void {
    if (isInString) {
      put(byte);
      isInString = isEscaped || byte !== quote;
      isEscaped = !isEscaped && byte === backslash;
    } else if (byte === openObject || byte === openArray) {
      beginValue();
      put(byte);
      depth += 1;
      isEmpty = true;
    } else if (byte === closeObject || byte === closeArray) {
      depth = Math.max(0, depth - 1);
      if (!isEmpty) breakLine();
      isEmpty = false;
      put(byte);
    } else if (byte === comma) {
      put(byte);
      breakLine();
    } else if (byte === colon) {
      put(byte);
      put(blank);
    } else if (byte > blank) {
      beginValue();
      put(byte);
      isInString = byte === quote;
    }
  }

  return (bytes) => {
    used = 0;
    for (const byte of bytes) {
      if (used + 2 * mostLevels + 4 > out.length) {
        const larger = new Uint8Array(out.length * 2);
        larger.set(out);
        out = larger;
      }
      take(byte);
    }
    return out.slice(0, used);
  };
}
