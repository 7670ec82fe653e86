import { useState } from 'react';
import { type CellForm, type ShownCell, useCellLines } from '@/components/cell-text/use-cell-lines';
import { VirtualLines } from '@/components/cell-text/virtual-lines';
import { Button, buttonStyle } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { formatBytes, formatCount } from '@/components/ui/format';
import { Panel } from '@/components/ui/panel';
import type { Cell, Field } from '@/lib/query-event';
import { columnKind, typeLabel } from './column-type';

export type CellPanelProps = {
  field: Field;
  value: Cell;
  /** The full length in bytes of a value that arrived cut. */
  bytes: number | undefined;
  /** What the row's gutter says. */
  rowNumber: number;
  /** Where the whole of it is; null where it can't be had. */
  href: string | null;
  onClose: () => void;
};

/** Bytes of a value that is fetched whole without being asked for, and of one that the panel can still hold. */
const fetchedBytes = 4 * 1024 * 1024;
const heldBytes = 256 * 1024 * 1024;

/** One cell in full: its text as PostgreSQL sent it, JSON laid out over lines, a bytea as bytes. */
export function CellPanel({ value, ...props }: CellPanelProps) {
  if (value !== null && value !== '')
    return (
      <WholeCell key={`${props.rowNumber} ${props.field.name} ${props.href}`} {...props} value={value} />
    );
  return (
    <Panel title={props.field.name} onClose={props.onClose}>
      <p className="mb-2 text-ink-soft text-sm">
        {typeLabel(props.field)} · row {formatCount(props.rowNumber)} ·{' '}
        {value === null ? 'no value' : '0 characters'}
      </p>
      <p className="text-ink-faint">{value === null ? 'NULL' : 'empty string'}</p>
    </Panel>
  );
}

function WholeCell({ field, value, bytes, rowNumber, href, onClose }: CellPanelProps & { value: string }) {
  const [isStored, setStored] = useState(false);
  const [isWanted, setWanted] = useState(bytes !== undefined && bytes <= fetchedBytes);
  const form = isStored ? 'text' : formOf(field);
  const cell = useCellLines({ value, isCut: bytes !== undefined, href, isWanted }, form);
  const isCut = bytes !== undefined && cell.state !== 'whole';
  return (
    <Panel
      title={field.name}
      onClose={onClose}
      actions={cell.text === null ? null : <CopyButton text={cell.text} label="Copy value" />}
    >
      <div className="flex h-full flex-col">
        <p className="mb-2 text-ink-soft text-sm">
          {typeLabel(field)} · row {formatCount(rowNumber)} · {lengthInWords(cell, bytes)}
        </p>
        {isCut ? (
          <CutNote
            {...{ bytes, href, cell }}
            onLoad={() => setWanted(true)}
            onStop={() => setWanted(false)}
          />
        ) : null}
        <p className="mb-2 flex gap-2 empty:hidden">
          {formOf(field) === 'text' ? null : (
            <Button size="small" aria-pressed={isStored} onClick={() => setStored(!isStored)}>
              As stored
            </Button>
          )}
          {bytes === undefined || href === null ? null : (
            <a href={href} download className={buttonStyle('secondary', 'small')}>
              Download
            </a>
          )}
        </p>
        <VirtualLines
          key={form}
          label={`Value of ${field.name}`}
          lines={cell.lines}
          count={cell.lines.count()}
        />
      </div>
    </Panel>
  );
}

type CutNoteProps = {
  bytes: number;
  href: string | null;
  cell: ShownCell;
  onLoad: () => void;
  onStop: () => void;
};

/** What of a cut value is here, and how the rest is had. */
function CutNote({ bytes, href, cell, onLoad, onStop }: CutNoteProps) {
  const isLoading = cell.state === 'loading';
  return (
    <div role="status" className="mb-2 rounded-md bg-warning-soft px-2 py-1.5 text-sm text-warning">
      <p>
        {isLoading
          ? `${formatBytes(cell.bytes)} of ${formatBytes(bytes)} are here.`
          : `The value is ${formatBytes(bytes)} long; only its beginning was sent.`}
      </p>
      {cell.state === 'failed' ? (
        <p className="mt-1">The whole value could not be loaded. Read the page again, then try once more.</p>
      ) : null}
      {href === null || cell.state === 'failed' ? null : (
        <p className="mt-1.5 empty:hidden">
          {isLoading && bytes > fetchedBytes ? (
            <Button size="small" onClick={onStop}>
              Stop loading
            </Button>
          ) : null}
          {cell.state === 'part' && bytes <= heldBytes ? (
            <Button size="small" onClick={onLoad}>
              Load all of it
            </Button>
          ) : null}
        </p>
      )}
    </div>
  );
}

function formOf(field: Field): CellForm {
  const kind = columnKind(field);
  return kind === 'json' ? 'json' : kind === 'binary' ? 'hex' : 'text';
}

function lengthInWords({ text, bytes: here }: ShownCell, bytes: number | undefined): string {
  if (bytes !== undefined || text === null) return formatBytes(bytes ?? here);
  const length = [...text].length;
  return `${formatCount(length)} ${length === 1 ? 'character' : 'characters'}`;
}
