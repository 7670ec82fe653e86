import { useMemo, useRef, useState } from 'react';
import type { EditorHandle } from '@/components/sql-editor/editor-handle';
import type { Environment, Level } from '@/lib/api-types';
import { dangerOf } from '@/lib/sql/danger';
import { currentScript, errorMarker, type RunScript, wholeScript } from './run-script';
import { isOver, type StatementResult } from './run-state';
import { useRun } from './use-run';

export type DeskOptions = { server: string; database: string; environment: Environment; level: Level };

/** What a desk knows and does: the editor's handle, the choices, the run, and the errors it left in the text. */
export function useDesk({ server, database, environment, level: firstLevel }: DeskOptions) {
  const editor = useRef<EditorHandle>(null);
  const [level, setLevel] = useState<Level>(firstLevel);
  const [maxRows, setMaxRows] = useState(1_000);
  const [isEdited, setEdited] = useState(false);
  const [hint, setHint] = useState('');
  const [toConfirm, setToConfirm] = useState<RunScript | null>(null);
  const { run, begin, cancel } = useRun({ server, database });
  const isRunning = run !== null && !isOver(run.state);

  const markers = useMarkers(isEdited ? null : run);

  /** The owner level is always confirmed; on production also what is dangerous at the write level. */
  const mustConfirm = (script: RunScript) =>
    level === 'owner' ||
    (level === 'write' &&
      environment === 'production' &&
      script.pieces.some(({ text }) => dangerOf(text) !== null));
  const start = (script: RunScript) => {
    setToConfirm(null);
    setEdited(false);
    const confirm = mustConfirm(script) ? `${server}/${database}` : undefined;
    begin(script, { level, max_rows: maxRows, confirm });
  };
  const submit = (script: RunScript | null, problem: string) => {
    setHint(script ? '' : problem);
    if (!script || isRunning) return;
    if (mustConfirm(script)) setToConfirm(script);
    else start(script);
  };

  return {
    ...{ editor, level, setLevel, maxRows, setMaxRows, hint, toConfirm, run, isRunning, cancel, markers },
    setToConfirm,
    confirm: () => toConfirm && start(toConfirm),
    runCurrent: () => {
      const { text, selection } = editor.current ?? {};
      submit(text && selection ? currentScript(text(), selection()) : null, noStatement);
    },
    runAll: () => submit(wholeScript(editor.current?.text() ?? ''), 'There is no statement to run.'),
    onEdit: () => {
      setEdited(true);
      setHint('');
    },
    use: isEdited
      ? undefined
      : (result: StatementResult, sql: string) => {
          const piece = run?.script.pieces[result.statement - 1];
          if (run && piece) putStatement(editor.current, run.script.base + piece.start, piece.text, sql);
        },
    goTo: isEdited
      ? undefined
      : (result: StatementResult) => {
          const marker = run && markerOf(run.script, result);
          if (marker) editor.current?.goTo(marker.start);
        },
  };
}

/** The errors of a run, in the text that it ran. */
function useMarkers(run: ReturnType<typeof useRun>['run']) {
  return useMemo(() => {
    const found = run?.state.results.map((result) => markerOf(run.script, result)) ?? [];
    return found.filter((marker) => marker !== null);
  }, [run]);
}

const noStatement = 'There is no statement at the cursor. Move the cursor into one, or run all.';

/** Puts a statement in another's place, with the cursor in it. */
function putStatement(editor: EditorHandle | null, start: number, old: string, sql: string): void {
  const text = editor?.text() ?? '';
  editor?.replace(text.slice(0, start) + sql + text.slice(start + old.length));
  editor?.goTo(start);
}

function markerOf(script: RunScript, { statement, outcome }: StatementResult) {
  return outcome?.type === 'error' ? errorMarker(script, statement, outcome.error) : null;
}
