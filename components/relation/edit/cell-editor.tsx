import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Select, Textarea } from '@/components/ui/input';
import type { Assignment } from '@/lib/api-types';
import type { Cell } from '@/lib/query-event';
import { choicesOf, type EditColumn, hasDefault } from './edit-column';
import { fieldOf, losesLineEnds, textOfField } from './editor-text';

export type CellEditorProps = {
  column: EditColumn;
  /** What the cell shows now; undefined for its default. */
  value: Cell | undefined;
  onSave: (assignment: Assignment) => void;
  /** The editing is over, saved or not; the next cell is so many columns to the right. */
  onClose: (step: number) => void;
};

/**
 * The editor of one cell, over it. Enter and Tab keep what is typed, Esc does not; NULL and the default are said, not typed:
 * by their buttons, or by Alt with 0, and Shift for the default.
 */
export function CellEditor({ column, value, onSave, onClose }: CellEditorProps) {
  const isOver = useRef(false);
  const close = (assignment: Assignment | null, step = 0) => {
    if (isOver.current) return;
    isOver.current = true;
    if (assignment !== null) onSave(assignment);
    onClose(step);
  };
  const { name } = column;
  const choices = choicesOf(column);
  const editing = { column, value, close };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.code !== 'Digit0') return;
    event.preventDefault();
    if (event.shiftKey) close({ column: name, is_default: true });
    else if (column.nullable) close({ column: name, value: null });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own
    <div
      role="group"
      aria-label={`Edit ${name}`}
      onCopy={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
      className="select-text rounded-md border border-accent bg-raised p-1 shadow-pop"
    >
      {choices === null ? <TextEditor {...editing} /> : <ChoiceEditor {...editing} choices={choices} />}
      <div className="mt-1 flex items-center gap-1">
        <Button
          size="small"
          variant="ghost"
          disabled={!column.nullable}
          onClick={() => close({ column: name, value: null })}
        >
          Set NULL
        </Button>
        <Button size="small" variant="ghost" onClick={() => close({ column: name, is_default: true })}>
          {hasDefault(column) ? 'Set default' : 'Set default (NULL)'}
        </Button>
        <span className="ml-auto truncate pr-1 text-ink-faint text-xs">{column.type}</span>
      </div>
    </div>
  );
}

type EditingProps = Pick<CellEditorProps, 'column' | 'value'> & {
  close: (assignment: Assignment | null, step?: number) => void;
};

/** Where Tab leads from an editor. */
function stepOf({ key, shiftKey }: KeyboardEvent): number {
  if (key !== 'Tab') return 0;
  return shiftKey ? -1 : 1;
}

function TextEditor({ column, value, close }: EditingProps) {
  const before = value ?? '';
  const [text, setText] = useState(() => fieldOf(before));
  const save = (isMeant: boolean, step = 0) => {
    const written = textOfField(before, text);
    // An empty field over NULL or a default stays that, unless Enter says that it is the empty text.
    if (written !== null) close({ column: column.name, value: written }, step);
    else close(isMeant && typeof value !== 'string' ? { column: column.name, value: '' } : null, step);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) save(true);
    else if (event.key === 'Tab') save(false, stepOf(event));
    else if (event.key === 'Escape') close(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.closest('[role=group]')?.contains(event.relatedTarget)) save(false);
  };
  return (
    <>
      <Textarea
        autoFocus
        aria-label={`New value of ${column.name}`}
        value={text}
        placeholder={value === null ? 'NULL' : value === undefined ? 'default' : 'empty text'}
        rows={Math.min(10, Math.max(1, text.split('\n').length))}
        spellCheck={false}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setText(target.value)}
        {...{ onKeyDown, onBlur }}
        className="block max-h-60 font-mono text-sm"
      />
      {losesLineEnds(before) ? (
        <p className="mt-1 max-w-[320px] text-sm text-warning">
          The value mixes line ends; a change here makes all of them line feeds.
        </p>
      ) : null}
    </>
  );
}

function ChoiceEditor({ column, value, choices, close }: EditingProps & { choices: readonly string[] }) {
  const id = useId();
  const [chosen, setChosen] = useState(value ?? '');
  const index = choices.indexOf(chosen);
  const save = (step = 0) =>
    close(index < 0 || chosen === value ? null : { column: column.name, value: chosen }, step);
  return (
    <Select
      id={id}
      autoFocus
      aria-label={`New value of ${column.name}`}
      value={index}
      onChange={({ target }) => setChosen(choices[Number(target.value)] ?? '')}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Tab') save(stepOf(event));
        else if (event.key === 'Escape') close(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.closest('[role=group]')?.contains(event.relatedTarget)) save();
      }}
    >
      {index < 0 ? <option value={-1}>{value === null ? 'NULL' : 'default'}</option> : null}
      {choices.map((choice, place) => (
        <option key={choice} value={place}>
          {column.enum_labels ? choice : choice === 't' ? 'true' : 'false'}
        </option>
      ))}
    </Select>
  );
}
