/** What is chosen in the dialog; `index` is empty for the whole table. */
export type Work = {
  action: 'vacuum' | 'analyze' | 'reindex';
  index: string;
  full: boolean;
  analyze: boolean;
  freeze: boolean;
  parallel: string;
  concurrently: boolean;
};

export const firstWork: Work = {
  action: 'vacuum',
  index: '',
  full: false,
  analyze: true,
  freeze: false,
  parallel: '',
  concurrently: true,
};

/** The table or materialized view that is maintained, with its indexes. */
export type Maintained = { schema: string; name: string; indexes?: readonly string[] };

/** The same as the API takes it; null is every table of the database. */
export function workBody(work: Work, subject: Maintained | null): Record<string, string | boolean> {
  if (subject === null) return databaseBody(work);
  const { schema, name } = subject;
  const { action, index } = work;
  switch (action) {
    case 'analyze':
      return { action, schema, name };
    case 'reindex': {
      const what = index === '' ? { name, kind: 'relation' } : { name: index, kind: 'index' };
      return { action, schema, ...what, concurrently: work.concurrently };
    }
    case 'vacuum': {
      const { full, analyze, freeze, parallel } = work;
      return {
        action,
        schema,
        name,
        full,
        analyze,
        freeze,
        ...(parallel === '' || full ? {} : { parallel }),
      };
    }
    default:
      return action satisfies never;
  }
}

function databaseBody({ action, analyze, freeze, concurrently }: Work): Record<string, string | boolean> {
  switch (action) {
    case 'analyze':
      return { action };
    case 'reindex':
      return { action, concurrently };
    case 'vacuum':
      return { action, analyze, freeze };
    default:
      return action satisfies never;
  }
}
