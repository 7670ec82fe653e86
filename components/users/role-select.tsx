import type { UserRole } from '@/lib/api-types';
import { Field } from '../ui/field';
import { Select } from '../ui/input';
import { roles } from './user-words';

export type RoleSelectProps = {
  hint: string;
  value: UserRole;
  onChange: (role: UserRole) => void;
  /** Those that may be chosen; without it, all. */
  offered?: readonly UserRole[];
};

/** A choice among the user roles. */
export function RoleSelect({ hint, value, onChange, offered = roles }: RoleSelectProps) {
  return (
    <Field label="User role" hint={hint}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onChange(event.target.value as UserRole)}>
          {offered.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}
