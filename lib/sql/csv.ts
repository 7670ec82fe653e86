/** The rows of a CSV text as COPY would take them, at most `most`; one that may be cut off is left out unless `isWhole`. */
export function readCsvRows(
  text: string,
  { delimiter, quote }: { delimiter: string; quote: string },
  { most, isWhole }: { most: number; isWhole: boolean },
): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let isQuoted = false;
  for (let at = 0; at < text.length && rows.length < most; at += 1) {
    const letter = text[at] ?? '';
    if (isQuoted && letter === quote && text[at + 1] === quote) {
      value += quote;
      at += 1;
    } else if (letter === quote) isQuoted = !isQuoted;
    else if (!isQuoted && letter === delimiter) {
      row.push(value);
      value = '';
    } else if (!isQuoted && letter === '\n') {
      rows.push([...row, value.replace(/\r$/, '')]);
      row = [];
      value = '';
    } else value += letter;
  }
  const isBegun = row.length > 0 || value !== '';
  return isWhole && isBegun && rows.length < most ? [...rows, [...row, value]] : rows;
}
