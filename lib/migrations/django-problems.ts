import type { MigrationProblem } from './history';
import { findDuplicates, groupBy } from './tool';

type Recorded = { id: string; app: string; name: string };

/** What is odd about the complete history of a Django project. */
export function judgeDjango(items: readonly Recorded[]): MigrationProblem[] {
  const apps = groupBy(items, ({ app }) => app);
  return [
    ...findDuplicates(
      items.map(({ id }) => id),
      'migration',
    ),
    ...apps.flatMap(([app, own]) => {
      const names = [...new Set(own.map(({ name }) => name))];
      return [...findNoInitial(app, names), ...findBranches(app, names), ...findSquashed(app, names)];
    }),
  ];
}

const leadOf = (name: string) => /^\d+(?=_)/.exec(name)?.[0] ?? null;
const isSquashed = (name: string) => name.includes('_squashed_');

/** An app that numbers its migrations, as makemigrations does, starts at 0001. */
function findNoInitial(app: string, names: readonly string[]): MigrationProblem[] {
  const numbers = names.flatMap((name) => leadOf(name) ?? []);
  if (numbers.length === 0 || numbers.some((number) => Number(number) <= 1)) return [];
  return [
    {
      code: 'no_initial',
      severity: 'warning',
      message:
        `The app ${app} has migrations applied and no 0001 among them. Its first row was deleted, or its tables ` +
        'were not made by Django. If they exist, record the first migration without running it.',
      fix: `python manage.py migrate --fake ${app} 0001`,
    },
  ];
}

/** Two migrations of one number are branches, unless a merge follows. */
function findBranches(app: string, names: readonly string[]): MigrationProblem[] {
  const plain = names.filter((name) => !isSquashed(name));
  const isMerged = (number: string) =>
    plain.some((name) => /merge/i.test(name) && Number(leadOf(name)) > Number(number));
  return groupBy(plain, leadOf).flatMap(([number, same]): MigrationProblem[] => {
    if (number === null || same.length < 2 || isMerged(number)) return [];
    return [
      {
        code: 'same_number',
        severity: 'hint',
        message: `${app} has ${same.length} migrations of number ${number} (${same.slice(0, 5).join(', ')}) and no merge after them. They may be two branches.`,
        fix: 'python manage.py makemigrations --merge',
      },
    ];
  });
}

/** A squashed migration that stands beside those it replaces, which is how Django leaves it. */
function findSquashed(app: string, names: readonly string[]): MigrationProblem[] {
  return names.filter(isSquashed).flatMap((name): MigrationProblem[] => {
    const [from = '', to = ''] = (/^(\d+).*?_squashed_(\d+)/.exec(name) ?? []).slice(1);
    const replaced = names.filter((other) => {
      const lead = leadOf(other);
      return (
        lead !== null && !isSquashed(other) && Number(lead) >= Number(from) && Number(lead) <= Number(to)
      );
    });
    if (to === '' || replaced.length === 0) return [];
    return [
      {
        code: 'squashed',
        severity: 'hint',
        message: `${app}.${name} is recorded beside ${replaced.length} that it replaces (${from} to ${to}). Normal after a squash; once their files are gone, prune their rows.`,
        fix: `python manage.py migrate ${app} --prune`,
      },
    ];
  });
}
