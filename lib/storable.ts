import { AppError } from './errors';

/**
 * Refuses text that PostgreSQL could not store as it is; `what` names it in the message. Throws AppError `invalid`.
 */
export function checkStorable(text: string, what: string): void {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new AppError(
      'invalid',
      `${what} has a NUL character at position ${nul + 1}, which PostgreSQL cannot hold.`,
      { hint: 'Remove it. A zero byte in a bytea is written as \\x00 in its hex form.' },
    );
  }
  if (!text.isWellFormed()) {
    throw new AppError(
      'invalid',
      `${what} has half a character (a lone surrogate), which UTF-8 cannot hold.`,
      { hint: 'Paste the text again, or type the character anew.' },
    );
  }
}
