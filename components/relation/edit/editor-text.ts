/**
 * The text that an editor's field has given back, with the line ends that the value had: a field knows line feeds only.
 * Null where the field was not changed, so that nothing is to be written.
 */
export function textOfField(before: string, field: string): string | null {
  if (field === fieldOf(before)) return null;
  return isAllCrLf(before) ? field.replaceAll('\n', '\r\n') : field;
}

/** What a field makes of a text by itself. */
export function fieldOf(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Whether a change in a field would also change line ends elsewhere in the text. */
export function losesLineEnds(text: string): boolean {
  return text.includes('\r') && !isAllCrLf(text);
}

function isAllCrLf(text: string): boolean {
  return text.includes('\r\n') && !/(?<!\r)\n|\r(?!\n)/.test(text);
}
