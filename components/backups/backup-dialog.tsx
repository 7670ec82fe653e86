'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Select, Textarea } from '@/components/ui/input';
import type {
  BackupChoices,
  BackupCompress,
  BackupContents,
  BackupDestination,
  BackupFormat,
} from '@/lib/job-types';
import { JobsField } from './jobs-field';
import { WhereField } from './where-field';

/** What the API is asked for. */
export type BackupWish = {
  format: BackupFormat;
  contents: BackupContents;
  compress: BackupCompress;
  relations: { schema: string; relation: string }[] | null;
  jobs: number;
  destination: BackupDestination;
};

export type BackupDialogProps = {
  database: string;
  choices: BackupChoices;
  problem: string | null;
  isSending: boolean;
  onWish: (wish: BackupWish) => void;
  onClose: () => void;
};

/** Asks what a backup shall hold and how it is written. */
export function BackupDialog({ database, choices, problem, isSending, onWish, onClose }: BackupDialogProps) {
  const [contents, setContents] = useState<BackupContents>('all');
  const [format, setFormat] = useState<BackupFormat>('custom');
  const [compress, setCompress] = useState<BackupCompress>('none');
  const [tables, setTables] = useState('');
  const [jobs, setJobs] = useState(4);
  const [destination, setDestination] = useState(choices.usual);
  const shape = contents === 'globals' ? 'plain' : format;
  const isScript = shape === 'plain';
  const send = (event: FormEvent) => {
    event.preventDefault();
    onWish({
      contents,
      format: shape,
      compress: isScript ? compress : 'none',
      relations: contents === 'globals' ? null : relationsIn(tables),
      jobs: shape === 'directory' ? jobs : 1,
      destination,
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Back up ${database}`}
      description={`An archive restores from here and can be proven; a script is for reading and for psql. ${encryptionWords(choices)}`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" form="back-up" variant="primary" disabled={isSending}>
            {isSending ? 'Beginning…' : `Back up ${database}`}
          </Button>
        </>
      }
    >
      <form id="back-up" onSubmit={send} className="flex flex-col gap-3">
        <Field label="Contents">
          {(control) => (
            <Select
              {...control}
              value={contents}
              onChange={(event) => setContents(event.target.value as BackupContents)}
            >
              <option value="all">Definitions and rows</option>
              <option value="schema">Definitions only</option>
              <option value="data">Rows only</option>
              <option value="globals">The server’s roles and tablespaces, without passwords</option>
            </Select>
          )}
        </Field>
        <Field label="Format">
          {(control) => (
            <Select
              {...control}
              value={shape}
              disabled={contents === 'globals'}
              onChange={(event) => setFormat(event.target.value as BackupFormat)}
            >
              <option value="custom">Archive (pg_dump’s custom format)</option>
              <option value="directory">Archive by several jobs (directory format)</option>
              <option value="plain">Script (plain SQL)</option>
            </Select>
          )}
        </Field>
        {isScript ? (
          <Field
            label="Compression"
            hint={choices.hasZstd ? null : 'zstd is absent: it needs Howdah to run on Node 22.15 or newer.'}
          >
            {(control) => (
              <Select
                {...control}
                value={compress}
                onChange={(event) => setCompress(event.target.value as BackupCompress)}
              >
                <option value="none">None (.sql)</option>
                <option value="gzip">gzip (.sql.gz)</option>
                <option value="zstd" disabled={!choices.hasZstd}>
                  zstd (.sql.zst)
                </option>
              </Select>
            )}
          </Field>
        ) : null}
        {shape === 'directory' ? <JobsField value={jobs} onChange={setJobs} /> : null}
        <WhereField choices={choices} value={destination} onChange={setDestination} />
        {contents === 'globals' ? null : (
          <Field label="Tables" hint="One schema.table a line; none means all.">
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                value={tables}
                onChange={(event) => setTables(event.target.value)}
                spellCheck={false}
                className="font-mono"
              />
            )}
          </Field>
        )}
        <p role="status" className="text-danger empty:hidden">
          {problem}
        </p>
      </form>
    </Dialog>
  );
}

function encryptionWords({ isEncrypted }: BackupChoices): string {
  return isEncrypted ? 'It is encrypted with age.' : 'It is not encrypted: no recipients are configured.';
}

/** `public.posts` a line; a schema's name ends at the first dot. */
function relationsIn(text: string): BackupWish['relations'] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return null;
  return lines.map((line) => {
    const dot = line.indexOf('.');
    return dot < 0
      ? { schema: 'public', relation: line.trim() }
      : { schema: line.slice(0, dot).trim(), relation: line.slice(dot + 1).trim() };
  });
}
