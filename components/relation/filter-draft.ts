import type { Join } from '@/lib/sql/filter-group';
import { type Condition, conditionOfInput, inputOfCondition, type Operator } from './conditions';
import { type ConditionGroup, type Filter, isGroup } from './filter';

/** A condition while it is written. `stored` is what it was read from: as long as nothing is changed it stays that. */
export type ConditionDraft = {
  id: number;
  column: string;
  operator: Operator;
  text: string;
  stored?: Condition;
};

/** A group while it is written. */
export type GroupDraft = { id: number; join: Join; members: readonly Draft[] };
export type Draft = ConditionDraft | GroupDraft;

/** What may be changed of a condition. */
export type ConditionChange = Partial<Pick<ConditionDraft, 'column' | 'operator' | 'text'>>;

/** A filter to write on. */
export function draftOf(root: ConditionGroup): GroupDraft {
  let last = 0;
  const group = ({ join, members }: ConditionGroup): GroupDraft => ({
    id: last++,
    join,
    members: members.map((member) => (isGroup(member) ? group(member) : condition(member))),
  });
  const condition = (stored: Condition): ConditionDraft => ({
    id: last++,
    column: stored.column,
    operator: stored.operator,
    text: inputOfCondition(stored),
    stored,
  });
  return group(root);
}

/** What a draft says. */
export function filterOfDraft({ join, members }: GroupDraft): ConditionGroup {
  return {
    join,
    members: members.map((member): Filter => {
      if (isGroupDraft(member)) return filterOfDraft(member);
      const { column, operator, text, stored } = member;
      return stored ?? conditionOfInput(column, operator, text);
    }),
  };
}

/** A condition over a column that is not written yet. */
export function newCondition(root: GroupDraft, column: string): ConditionDraft {
  return { id: freeId(root), column, operator: 'eq', text: '' };
}

/** A group within a group, with its first condition; it joins in the other way. */
export function newGroup(root: GroupDraft, within: GroupDraft, column: string): GroupDraft {
  const first = newCondition(root, column);
  return {
    id: first.id + 1,
    join: within.join === 'and' ? 'or' : 'and',
    members: [first],
  };
}

/** The group with one more member in the group of an id. */
export function addTo(group: GroupDraft, id: number, draft: Draft): GroupDraft {
  return {
    ...group,
    members: [
      ...group.members.map((member) => (isGroupDraft(member) ? addTo(member, id, draft) : member)),
      ...(group.id === id ? [draft] : []),
    ],
  };
}

/** The group without a member, wherever it is. */
export function without(group: GroupDraft, id: number): GroupDraft {
  const left = group.members.filter((member) => member.id !== id);
  return { ...group, members: left.map((member) => (isGroupDraft(member) ? without(member, id) : member)) };
}

/** The group with another join in the group of an id. */
export function joinBy(group: GroupDraft, id: number, join: Join): GroupDraft {
  const members = group.members.map((member) => (isGroupDraft(member) ? joinBy(member, id, join) : member));
  return { ...group, join: group.id === id ? join : group.join, members };
}

/** The group with a condition changed. */
export function changeCondition(group: GroupDraft, id: number, change: ConditionChange): GroupDraft {
  const members = group.members.map((member): Draft => {
    if (isGroupDraft(member)) return changeCondition(member, id, change);
    return member.id === id ? changed(member, change) : member;
  });
  return { ...group, members };
}

/** A condition with something else in it. `is` takes one of few words, which no other operator does. */
export function changed(draft: ConditionDraft, change: ConditionChange): ConditionDraft {
  const { stored: _, ...next } = { ...draft, ...change };
  const isOther = (next.operator === 'is') !== (draft.operator === 'is');
  if (!isOther) return next;
  return { ...next, text: next.operator === 'is' ? 'null' : '' };
}

export function isGroupDraft(draft: Draft): draft is GroupDraft {
  return 'members' in draft;
}

function freeId(draft: Draft): number {
  return (
    1 + Math.max(draft.id, ...(isGroupDraft(draft) ? draft.members.map((member) => freeId(member) - 1) : []))
  );
}
