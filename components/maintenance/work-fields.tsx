'use client';

import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import type { Maintained, Work } from './work';

export type WorkFieldsProps = {
  value: Work;
  /** Null for every table of a database, which has fewer options. */
  subject: Maintained | null;
  onChange: (work: Work) => void;
};

/** The choice of the work, with the options that it has. */
export function WorkFields(props: WorkFieldsProps) {
  const { value, onChange } = props;
  return (
    <div className="flex flex-col gap-3">
      <SelectField
        label="Work"
        value={value.action}
        options={[
          ['vacuum', 'VACUUM: make room of dead rows'],
          ['analyze', "ANALYZE: gather the planner's statistics"],
          ['reindex', 'REINDEX: build indexes anew'],
        ]}
        onChange={(action) => onChange({ ...value, action })}
      />
      {value.action === 'vacuum' ? <VacuumFields {...props} /> : null}
      {value.action === 'reindex' ? <ReindexFields {...props} /> : null}
    </div>
  );
}

function VacuumFields({ value, subject, onChange }: WorkFieldsProps) {
  const flags = { value, onChange };
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Flag {...flags} name="analyze" words="ANALYZE too" />
      <Flag {...flags} name="freeze" words="FREEZE" />
      {subject === null ? null : (
        <>
          <Flag {...flags} name="full" words="FULL: rewrite the table, locked" />
          <TextField
            label="Workers for indexes"
            className="w-32"
            value={value.parallel}
            disabled={value.full}
            inputMode="numeric"
            onChange={(parallel) => onChange({ ...value, parallel })}
          />
        </>
      )}
    </div>
  );
}

function ReindexFields({ value, subject, onChange }: WorkFieldsProps) {
  return (
    <>
      {subject === null ? (
        <p className="text-ink-soft">
          REINDEX DATABASE cannot run in a transaction, and locks each table in turn against writers unless it
          is CONCURRENTLY. Howdah sends a REINDEX TABLE for each table instead, so that a locked one stops
          none of the others.
        </p>
      ) : (
        <SelectField
          label="Index"
          value={value.index}
          options={[
            ['', 'All indexes of the table'],
            ...(subject.indexes ?? []).map((index) => [index, index] as const),
          ]}
          onChange={(index) => onChange({ ...value, index })}
        />
      )}
      <Flag
        {...{ value, onChange }}
        name="concurrently"
        words="CONCURRENTLY: slower, while the table is used"
      />
    </>
  );
}

type FlagProps = Pick<WorkFieldsProps, 'value' | 'onChange'> & {
  name: 'full' | 'analyze' | 'freeze' | 'concurrently';
  words: string;
};

function Flag({ value, name, words, onChange }: FlagProps) {
  return (
    <label className="flex items-center gap-1.5">
      <input
        type="checkbox"
        checked={value[name]}
        onChange={(event) => onChange({ ...value, [name]: event.target.checked })}
      />
      {words}
    </label>
  );
}
