import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import type { RelationConstraint, RelationDetail } from '@/lib/api-types';
import { type DatabasePlace, pathOfRelation } from '../../shell/place';
import { Code, Comment, FactRow, FactsTable, Name, Section } from './section';

const kinds: Record<RelationConstraint['type'], string> = {
  primary_key: 'primary key',
  unique: 'unique',
  foreign_key: 'foreign key',
  check: 'check',
  exclusion: 'exclusion',
};

const columns = [
  { name: 'Constraint', width: '28%' },
  { name: 'Kind', width: '110px' },
  { name: 'Definition' },
  { name: 'Comment', width: '20%' },
];

export type ConstraintsSectionProps = { place: DatabasePlace; relation: RelationDetail };

/** Keys and checks; a foreign key leads to the relation that it refers to. */
export function ConstraintsSection({ place, relation: { constraints } }: ConstraintsSectionProps) {
  if (constraints.length === 0) return null;
  return (
    <Section title="Constraints" count={constraints.length}>
      <FactsTable caption="Constraints" columns={columns}>
        {constraints.map((constraint) => (
          <FactRow key={constraint.name}>
            <td>
              <Name>{constraint.name}</Name>
            </td>
            <td className="text-ink-soft">{kinds[constraint.type]}</td>
            <td>
              <Code>{constraint.definition}</Code>
              {constraint.is_validated ? null : (
                <Badge tone="warning" className="ml-2" title="Rows from before it was added are not checked.">
                  not validated
                </Badge>
              )}
              {constraint.references ? (
                <span className="ml-2 whitespace-nowrap text-ink-faint">
                  → <RelationLink place={place} {...constraint.references} />
                </span>
              ) : null}
            </td>
            <td>
              <Comment text={constraint.comment} />
            </td>
          </FactRow>
        ))}
      </FactsTable>
    </Section>
  );
}

export type RelationLinkProps = {
  place: DatabasePlace;
  schema: string;
  relation: string;
};

/** Schema and name of another relation; leads to its structure. */
export function RelationLink({ place, schema, relation }: RelationLinkProps) {
  return (
    <Link
      href={pathOfRelation(place, { schema, name: relation }, 'structure')}
      prefetch={false}
      className="whitespace-normal font-mono text-accent text-sm leading-5 underline-offset-2 [overflow-wrap:anywhere] hover:underline"
    >
      {schema}.{relation}
    </Link>
  );
}
