import 'server-only';
import type pg from 'pg';
import type { Mask } from '../wall-types';
import type { GrantableRelation } from './catalog/grants';
import {
  listGeneratedColumns,
  listInheritance,
  listViewDependencies,
  readViewDefinition,
  type ViewDependency,
} from './catalog/masked';
import { hasWholeRow, isPassedThrough } from './masked-view';

/** What must be withheld of a relation: these columns, or the whole of it. */
export type Withheld = { columns: ReadonlySet<string> | 'all'; why: string };

/** What to withhold, by the relation's oid. */
export type Masks = Map<string, Withheld>;

/**
 * Follows masked columns to wherever their values show: to parents, children and partitions, to generated columns, and
 * through views, however many lie between. Needs search_path to be empty.
 */
export async function followMasks(
  client: pg.Client,
  relations: GrantableRelation[],
  masks: Mask[],
): Promise<Masks> {
  const withheld = await followTables(client, seed(relations, masks));
  if (withheld.size === 0) return withheld;
  const views = new Map<string, ViewDependency[]>();
  for (const dependency of await listViewDependencies(client)) {
    views.set(dependency.view, [...(views.get(dependency.view) ?? []), dependency]);
  }
  const names = new Map(relations.map(({ oid, schema, name }) => [oid, `${schema}.${name}`]));
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const [view, dependencies] of views) {
      const known = withheld.get(view);
      if (known?.columns === 'all') continue;
      const found = await followView(client, dependencies, withheld, names);
      if (found === null || (known !== undefined && isSame(known, found))) continue;
      withheld.set(view, found);
      isDone = false;
    }
  }
  return withheld;
}

function isSame({ columns: one }: Withheld, { columns: other }: Withheld): boolean {
  return one !== 'all' && other !== 'all' && one.size === other.size;
}

function seed(relations: GrantableRelation[], masks: Mask[]): Map<string, Set<string>> {
  const marked = new Map<string, Set<string>>();
  for (const { schema, relation, column } of masks) {
    const oid = relations.find((each) => each.schema === schema && each.name === relation)?.oid;
    if (oid !== undefined) marked.set(oid, (marked.get(oid) ?? new Set()).add(column));
  }
  return marked;
}

async function followTables(client: pg.Client, marked: Map<string, Set<string>>): Promise<Masks> {
  if (marked.size > 0) {
    const inheritance = await listInheritance(client);
    const generated = await listGeneratedColumns(client);
    for (let isDone = false; !isDone; ) {
      isDone = true;
      const mark = (oid: string, column: string) => {
        const columns = marked.get(oid) ?? new Set();
        if (columns.has(column)) return;
        marked.set(oid, columns.add(column));
        isDone = false;
      };
      for (const { parent, child } of inheritance) {
        for (const column of marked.get(parent) ?? []) mark(child, column);
        for (const column of marked.get(child) ?? []) mark(parent, column);
      }
      for (const { oid, name, from } of generated) if (marked.get(oid)?.has(from)) mark(oid, name);
    }
  }
  return new Map([...marked].map(([oid, columns]) => [oid, { columns, why: 'masked' }]));
}

async function followView(
  client: pg.Client,
  dependencies: ViewDependency[],
  withheld: Masks,
  names: Map<string, string>,
): Promise<Withheld | null> {
  const touched = dependencies.filter(({ relation }) => withheld.has(relation));
  const [first] = touched;
  if (first === undefined) return null;
  const source = names.get(first.relation) ?? 'a masked relation';
  const whole = touched.find(({ relation }) => withheld.get(relation)?.columns === 'all');
  if (whole !== undefined) {
    return { columns: 'all', why: `it reads ${names.get(whole.relation)}, which is withheld` };
  }
  const definition = await readViewDefinition(client, first.view);
  if (hasWholeRow(definition)) return { columns: 'all', why: `it reads whole rows of ${source}` };
  const used = new Set(
    touched.flatMap(({ relation, columns }) => {
      const masked = withheld.get(relation)?.columns;
      return masked === undefined || masked === 'all' ? [] : columns.filter((column) => masked.has(column));
    }),
  );
  if (used.size === 0) return null;
  if (isPassedThrough(definition, used))
    return { columns: used, why: `it shows masked columns of ${source}` };
  return { columns: 'all', why: `it renames or computes with masked columns of ${source}` };
}
