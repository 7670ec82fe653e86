'use client';

import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { SelectField } from '@/components/ui/select-field';
import type { BackupChoices, BackupContents } from '@/lib/job-types';
import { formatOf, type WishFields } from './backup-wish';
import { FormatField } from './format-field';
import { JobsField } from './jobs-field';
import { WhereField } from './where-field';

const contents: [BackupContents, string][] = [
  ['all', 'Definitions and rows'],
  ['schema', 'Definitions only'],
  ['data', 'Rows only'],
  ['globals', 'The server’s roles and tablespaces, without passwords'],
];

export type BackupFieldsProps = {
  fields: WishFields;
  choices: BackupChoices;
  onChange: (part: Partial<WishFields>) => void;
};

/** What a backup holds, how it is written and where it goes; what does not go with the rest is not asked. */
export function BackupFields({ fields, choices, onChange }: BackupFieldsProps) {
  const format = formatOf(fields);
  const isOfServer = fields.contents === 'globals';
  return (
    <>
      <SelectField
        label="Contents"
        value={fields.contents}
        options={contents}
        onChange={(value) => onChange({ contents: value })}
      />
      <FormatField
        value={format}
        formats={['custom', 'directory', 'plain']}
        disabled={isOfServer}
        onChange={(value) => onChange({ format: value })}
      />
      {format === 'plain' ? (
        <SelectField
          label="Compression"
          hint={choices.hasZstd ? null : 'zstd is absent: it needs Howdah to run on Node 22.15 or newer.'}
          value={fields.compress}
          options={[
            ['none', 'None (.sql)'],
            ['gzip', 'gzip (.sql.gz)'],
            ['zstd', 'zstd (.sql.zst)'],
          ]}
          absent={choices.hasZstd ? [] : ['zstd']}
          onChange={(value) => onChange({ compress: value })}
        />
      ) : null}
      {format === 'directory' ? (
        <JobsField value={fields.jobs} onChange={(jobs) => onChange({ jobs })} />
      ) : null}
      <WhereField
        choices={choices}
        value={fields.destination}
        onChange={(destination) => onChange({ destination })}
      />
      {isOfServer ? null : <TablesField value={fields.tables} onChange={(tables) => onChange({ tables })} />}
    </>
  );
}

function TablesField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field label="Tables" hint="One schema.table a line; none means all.">
      {(control) => (
        <Textarea
          {...control}
          rows={3}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          className="font-mono"
        />
      )}
    </Field>
  );
}
