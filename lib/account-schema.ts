import { z } from 'zod';

/** What the API takes about users, keys and links. */

const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'may hold no control characters');

const userRole = z.enum(['reviewer', 'developer', 'admin']);
export const level = z.enum(['read', 'write', 'owner']);
export const username = line(63).describe('What the user signs in with; case does not matter.');
const personName = line(200).nullable();
const email = z.email().max(320).nullable();

/** Long rather than odd: no rule about kinds of characters. */
export const newPassword = z
  .string()
  .min(10)
  .max(1000)
  .regex(/^[^\0\p{Cs}]*$/u, 'holds a character that cannot be stored')
  .describe('At least 10 characters.');

export const token = z.string().min(1).max(200).describe('What follows the # of a one-time link.');

export const userId = z.object({ id: z.uuid() });

export const inviteBody = z.object({
  username,
  name: personName.default(null),
  email: email.default(null),
  role: userRole,
  servers: z
    .array(z.object({ server: z.string(), level }))
    .max(1000)
    .default([]),
});

export const userChange = userId.extend({
  name: personName.optional(),
  email: email.optional(),
  role: userRole.optional(),
  disabled: z.boolean().optional(),
});

export const setUpBody = z.object({
  token,
  username,
  name: personName.default(null),
  password: newPassword,
});

export const acceptBody = z.object({ token, password: newPassword });

export const passwordBody = z.object({ current_password: z.string().max(1000), new_password: newPassword });

const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, 'is no time zone of the IANA database')
  .describe('A name of the IANA database, such as Europe/Berlin; null for that of the browser.');

export const profileChange = z.object({
  name: personName.optional(),
  time_zone: timeZone.nullable().optional(),
  theme: z.enum(['light', 'dark', 'system']).optional(),
});

/** A key that outlives everybody's memory of it is found by a thief. */
const mostDays = 366;

export const apiKeyBody = z.object({
  name: line(100),
  role: userRole.optional().describe('At most your own, which is also the default.'),
  servers: z
    .array(z.string())
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe('Slugs of the only servers that the key sees; null for all of yours.'),
  expires_in_days: z.int().min(1).max(mostDays).default(90),
});

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
