import 'server-only';
import type { RelationDetail, RelationIndex, RelationPolicy } from '../../api-types';
import { quoteIdentifier, quoteLiteral } from '../../sql/literal';

/** A name with its schema, for SQL. */
export function qualifiedName(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

type Parts = Pick<
  RelationDetail,
  'schema' | 'name' | 'kind' | 'comment' | 'columns' | 'constraints' | 'triggers' | 'policies'
> & { indexes: Omit<RelationIndex, 'size_bytes'>[] };

/** All statements that make a relation again, from `create` to its comments, fit to paste into psql. */
export function relationDdl(create: string[], parts: Parts): string {
  const ofConstraints = new Set(parts.constraints.map(({ name }) => name));
  const statements = [
    ...create,
    ...parts.indexes.filter(({ name }) => !ofConstraints.has(name)).map(({ definition }) => definition),
    ...parts.triggers.map(({ definition }) => definition),
    ...parts.triggers.flatMap((trigger) => triggerState(parts, trigger)),
    ...parts.policies.map((policy) => policyDdl(parts, policy)),
    ...comments(parts),
  ];
  return `${statements.join(';\n\n')};\n`;
}

function triggerState(
  { schema, name }: Parts,
  { name: trigger, enabled }: RelationDetail['triggers'][number],
): string[] {
  const words = {
    origin: null,
    disabled: 'disable',
    always: 'enable always',
    replica: 'enable replica',
  } as const;
  const word = words[enabled];
  if (word === null) return [];
  return [`alter table ${qualifiedName(schema, name)} ${word} trigger ${quoteIdentifier(trigger)}`];
}

function policyDdl({ schema, name }: Parts, policy: RelationPolicy): string {
  const roles = policy.roles.map((role) => (role === 'public' ? role : quoteIdentifier(role)));
  return [
    `create policy ${quoteIdentifier(policy.name)} on ${qualifiedName(schema, name)}`,
    policy.permissive ? '' : 'as restrictive',
    `for ${policy.command} to ${roles.join(', ')}`,
    policy.using === null ? '' : `using (${policy.using})`,
    policy.check === null ? '' : `with check (${policy.check})`,
  ]
    .filter(Boolean)
    .join(' ');
}

function comments(parts: Parts): string[] {
  const relation = qualifiedName(parts.schema, parts.name);
  const on = (what: string, comment: string | null) =>
    comment === null ? [] : [`comment on ${what} is ${quoteLiteral(comment)}`];
  return [
    ...on(`${parts.kind.replace('partitioned_', '').replace('_', ' ')} ${relation}`, parts.comment),
    ...parts.columns.flatMap(({ name, comment }) =>
      on(`column ${relation}.${quoteIdentifier(name)}`, comment),
    ),
    ...parts.constraints.flatMap(({ name, comment }) =>
      on(`constraint ${quoteIdentifier(name)} on ${relation}`, comment),
    ),
    ...parts.indexes.flatMap(({ name, comment }) =>
      on(`index ${qualifiedName(parts.schema, name)}`, comment),
    ),
  ];
}
