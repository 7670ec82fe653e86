import type { Level } from '@/lib/api-types';
import { Select, type SelectProps } from '../ui/input';
import { levels } from './user-words';

export type LevelSelectProps = Pick<SelectProps, 'id' | 'aria-label'> & {
  value: Level | null;
  onChange: (level: Level | null) => void;
};

/** What somebody may do on a server: a level, or null for no access. */
export function LevelSelect({ value, onChange, ...control }: LevelSelectProps) {
  return (
    <Select
      {...control}
      value={value ?? ''}
      onChange={(event) => onChange(levels.find((level) => level === event.target.value) ?? null)}
    >
      <option value="">no access</option>
      {levels.map((level) => (
        <option key={level}>{level}</option>
      ))}
    </Select>
  );
}
