import { describe, expect, it } from 'vitest';
import type { Condition } from './conditions';
import type { ConditionGroup } from './filter';
import {
  addTo,
  changeCondition,
  draftOf,
  filterOfDraft,
  joinBy,
  newCondition,
  newGroup,
  without,
} from './filter-draft';

const a: Condition = { column: 'a', operator: 'eq', value: '1' };
const list: Condition = { column: 'b', operator: 'in', value: 'x%2Cy,50%25' };
const root: ConditionGroup = { join: 'and', members: [a, { join: 'or', members: [list, a] }] };

describe('a draft', () => {
  it('says what it was made of, as long as nothing is changed', () => {
    expect(filterOfDraft(draftOf(root))).toEqual(root);
    const ids = JSON.stringify(draftOf(root)).match(/"id":\d+/g) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is added to, changed and taken from, at either depth', () => {
    const draft = draftOf({ join: 'and', members: [a] });
    const group = newGroup(draft, draft, 'c');
    const grown = addTo(draft, draft.id, group);
    expect(filterOfDraft(grown)).toEqual({
      join: 'and',
      members: [a, { join: 'or', members: [{ column: 'c', operator: 'eq', value: '' }] }],
    });
    const second = newCondition(grown, 'd');
    const full = changeCondition(addTo(grown, group.id, second), second.id, { operator: 'gt', text: '5' });
    expect(filterOfDraft(full).members[1]).toEqual({
      join: 'or',
      members: [
        { column: 'c', operator: 'eq', value: '' },
        { column: 'd', operator: 'gt', value: '5' },
      ],
    });
    expect(filterOfDraft(joinBy(full, group.id, 'and')).members[1]).toMatchObject({ join: 'and' });
    expect(filterOfDraft(without(full, group.id))).toEqual({ join: 'and', members: [a] });
    expect(filterOfDraft(without(full, second.id)).members[1]).toMatchObject({ members: [{ column: 'c' }] });
  });

  it('says NULL first where "is" is chosen, and nothing where it is left', () => {
    const draft = draftOf({ join: 'and', members: [a] });
    const is = changeCondition(draft, 1, { operator: 'is' });
    expect(filterOfDraft(is).members).toEqual([{ column: 'a', operator: 'is', value: 'null' }]);
    const back = changeCondition(is, 1, { operator: 'eq' });
    expect(filterOfDraft(back).members).toEqual([{ ...a, value: '' }]);
  });
});
