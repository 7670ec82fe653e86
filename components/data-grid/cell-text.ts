/** A run of a cell's text, or one glyph that stands for a character nobody can see. */
export type Segment = { text: string; isGlyph: boolean };

/** More than the widest column can show. */
const shownCharacters = 240;

/** Control characters, soft hyphen, zero-width space and the marks that turn the direction of text. */
const unseen = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;

/** A cell's value for one line: line feeds, tabs and characters without a shape become glyphs. */
export function cellSegments(value: string): Segment[] {
  const text = value.length > shownCharacters ? value.slice(0, shownCharacters) : value;
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(unseen)) {
    if (match.index > end) segments.push({ text: text.slice(end, match.index), isGlyph: false });
    segments.push({ text: glyphOf(match[0]), isGlyph: true });
    end = match.index + match[0].length;
  }
  if (end < text.length || segments.length === 0) segments.push({ text: text.slice(end), isGlyph: false });
  return segments;
}

/** `↵` for a line feed, `⇥` for a tab, Unicode's control pictures, else the code point: `U+202E`. */
function glyphOf(character: string): string {
  if (character === '\n') return '↵';
  if (character === '\t') return '⇥';
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
