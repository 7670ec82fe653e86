import type { UserStatus } from '@/lib/account-types';
import type { Level, UserRole } from '@/lib/api-types';
import type { Tone } from '../ui/badge';

/** The user roles from the least to the highest, and what each may do at most. */
export const roleWords = {
  reviewer: 'may read where access is granted',
  developer: 'may read and write where access is granted',
  admin: 'may do all that is granted, and sees to users and servers',
} as const satisfies Record<UserRole, string>;

export const roles = ['reviewer', 'developer', 'admin'] as const satisfies readonly UserRole[];

export const levels = ['read', 'write', 'owner'] as const satisfies readonly Level[];

export const statusWords = {
  active: { word: 'Active', tone: 'success' },
  invited: { word: 'Invited', tone: 'warning' },
  disabled: { word: 'Disabled', tone: 'neutral' },
} as const satisfies Record<UserStatus, { word: string; tone: Tone }>;
