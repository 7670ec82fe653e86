/**
 * A value between two others: its text, its rough size, and how far it is to the next one where values are whole
 * numbers. It says where to look, and nothing that is shown or stored is made of it: so that rough numbers will do.
 */
export type Between = { text: string; number: number; within: number };

/** pg_type.oid. */
const integers = [20, 21, 23, 26];
const reals = [700, 701, 1700];
const timestamps = [1114, 1184];
const date = 1082;
const uuid = 2950;

/** Whole numbers so close together that many rows share one. */
const fewSteps = 1_000;

/** Whether values between two others are so few that each stands for many rows. */
export function isStepped(type_oid: number, low: string, high: string): boolean {
  return integers.includes(type_oid) && Number(high) - Number(low) < fewSteps;
}

/** The value at a fraction of the way; null for a type, or for an end, that has no way between. */
export function between(type_oid: number, low: string, high: string, fraction: number): Between | null {
  const read = readerOf(type_oid);
  const write = writerOf(type_oid);
  if (read === null || write === null) return null;
  const [from, to] = [read(low), read(high)];
  const number = from + (to - from) * fraction;
  if (!Number.isFinite(number)) return null;
  const text = write(number);
  return text === null ? null : { text, number, within: number - Math.floor(number) };
}

function readerOf(type_oid: number): ((text: string) => number) | null {
  if (integers.includes(type_oid) || reals.includes(type_oid)) return Number;
  if (timestamps.includes(type_oid) || type_oid === date) return readTime;
  return type_oid === uuid ? (text) => Number(`0x${text.replaceAll('-', '').slice(0, 13)}`) : null;
}

function writerOf(type_oid: number): ((number: number) => string | null) | null {
  if (integers.includes(type_oid)) return (number) => BigInt(Math.floor(number)).toString();
  if (reals.includes(type_oid)) return String;
  if (timestamps.includes(type_oid)) return (number) => writeTime(number);
  if (type_oid === date) return (number) => writeTime(number)?.slice(0, 10) ?? null;
  return type_oid === uuid ? writeUuid : null;
}

/** `2026-01-01 00:00:00.5+00` in milliseconds since 1970; NaN for infinity and for what is BC. */
function readTime(text: string): number {
  const parts = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)\d*(?:\+00)?)?$/.exec(text);
  return parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2] ?? '00:00:00'}Z`);
}

function writeTime(number: number): string | null {
  const time = new Date(number);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

/** The uuid whose first 52 bits are these. */
function writeUuid(number: number): string {
  const digits = BigInt(Math.floor(number)).toString(16).padStart(13, '0').padEnd(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
