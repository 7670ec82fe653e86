'use client';

import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';

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

export type WorkFieldsProps = {
  value: Work;
  /** Null for every table of a database, which has fewer options. */
  subject: Maintained | null;
  onChange: (work: Work) => void;
};

/** The choice of the work, with the options that it has. */
export function WorkFields({ value, subject, onChange }: WorkFieldsProps) {
  const put = (part: Partial<Work>) => onChange({ ...value, ...part });
  const flag = (name: 'full' | 'analyze' | 'freeze' | 'concurrently', words: string) => (
    <label key={name} className="flex items-center gap-1.5">
      <input
        type="checkbox"
        checked={value[name]}
        onChange={(event) => put({ [name]: event.target.checked })}
      />
      {words}
    </label>
  );
  return (
    <div className="flex flex-col gap-3">
      <Field label="Work">
        {(control) => (
          <Select
            {...control}
            value={value.action}
            onChange={(event) => put({ action: event.target.value as Work['action'] })}
          >
            <option value="vacuum">VACUUM: make room of dead rows</option>
            <option value="analyze">ANALYZE: gather the planner's statistics</option>
            <option value="reindex">REINDEX: build indexes anew</option>
          </Select>
        )}
      </Field>
      {value.action === 'vacuum' ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          {flag('analyze', 'ANALYZE too')}
          {flag('freeze', 'FREEZE')}
          {subject === null ? null : (
            <>
              {flag('full', 'FULL: rewrite the table, locked')}
              <Field label="Workers for indexes" className="w-32">
                {(control) => (
                  <Input
                    {...control}
                    value={value.parallel}
                    onChange={(event) => put({ parallel: event.target.value })}
                    disabled={value.full}
                    inputMode="numeric"
                  />
                )}
              </Field>
            </>
          )}
        </div>
      ) : null}
      {value.action === 'reindex' ? (
        <>
          {subject === null ? (
            <p className="text-ink-soft">
              REINDEX DATABASE cannot run in a transaction, and locks each table in turn against writers
              unless it is CONCURRENTLY. Howdah sends a REINDEX TABLE for each table instead, so that a locked
              one stops none of the others.
            </p>
          ) : (
            <Field label="Index">
              {(control) => (
                <Select
                  {...control}
                  value={value.index}
                  onChange={(event) => put({ index: event.target.value })}
                >
                  <option value="">All indexes of the table</option>
                  {subject.indexes?.map((index) => (
                    <option key={index} value={index}>
                      {index}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          {flag('concurrently', 'CONCURRENTLY: slower, while the table is used')}
        </>
      ) : null}
    </div>
  );
}
