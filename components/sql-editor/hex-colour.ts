/** A token's hex colour with six digits, which Monaco wants: minifiers shorten `#ffffff` to `#fff`. */
export function hexColour(value: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(value);
  if (short)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`;
  return /^#[0-9a-f]{6}$/i.test(value) ? value : '#808080';
}
