import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Select } from '@/components/ui/input';
import { ConditionFields } from './condition-fields';
import type { FilterColumn } from './filter-bar';
import {
  addTo,
  changeCondition,
  type GroupDraft,
  isGroupDraft,
  joinBy,
  newCondition,
  newGroup,
  without,
} from './filter-draft';

export type FilterGroupFieldsProps = {
  columns: readonly FilterColumn[];
  /** All of the filter, which this group is in. */
  root: GroupDraft;
  group: GroupDraft;
  /** How deep the group stands: 0 for the root. */
  depth: number;
  /** Ids from this one on are new: what is new takes the focus. */
  firstNewId: number;
  onChange: (root: GroupDraft) => void;
};

/** Groups within groups that are offered; a deeper filter of a URL is shown and changed all the same. */
const offeredDepth = 2;

/** A group of conditions: how they join, each of them, and ways to more. */
export function FilterGroupFields({ group, depth, ...rest }: FilterGroupFieldsProps) {
  const { columns, root, onChange, firstNewId } = rest;
  const id = useId();
  const [column = ''] = columns.map(({ name }) => name);
  return (
    <fieldset
      aria-labelledby={id}
      className={depth === 0 ? 'min-w-0' : 'min-w-0 flex-1 rounded-md border border-line bg-sunken p-2'}
    >
      <div className="mb-2 flex items-center gap-2">
        <Select
          id={id}
          aria-label={depth === 0 ? 'Which must hold' : 'Which of the group must hold'}
          value={group.join}
          onChange={({ target }) => onChange(joinBy(root, group.id, target.value === 'or' ? 'or' : 'and'))}
          className="w-[180px]!"
        >
          <option value="and">All of these hold</option>
          <option value="or">Any of these holds</option>
        </Select>
      </div>
      <ul className="flex flex-col gap-2">
        {group.members.map((member) => (
          <li key={member.id} className="flex items-start gap-1.5">
            {isGroupDraft(member) ? (
              <FilterGroupFields {...rest} group={member} depth={depth + 1} />
            ) : (
              <ConditionFields
                columns={columns}
                draft={member}
                autoFocus={member.id >= firstNewId}
                onChange={(change) => onChange(changeCondition(root, member.id, change))}
              />
            )}
            <IconButton
              label={isGroupDraft(member) ? 'Remove the group' : `Remove the condition on ${member.column}`}
              onClick={() => onChange(without(root, member.id))}
            >
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="mt-2 flex gap-1.5">
        <Button size="small" onClick={() => onChange(addTo(root, group.id, newCondition(root, column)))}>
          <Plus aria-hidden />
          Add condition
        </Button>
        {depth < offeredDepth ? (
          <Button size="small" onClick={() => onChange(addTo(root, group.id, newGroup(root, group, column)))}>
            <Plus aria-hidden />
            Add group
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}
