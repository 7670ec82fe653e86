'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import type { EditorHandle } from './editor-handle';
import { monaco } from './monaco';
import type { SqlEditorProps } from './sql-editor';
import { markStatement } from './statement-mark';
import { followTheme } from './theme';

const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  editContext: false,
  fixedOverflowWidgets: true,
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontLigatures: false,
  fontSize: 13,
  glyphMargin: false,
  lineDecorationsWidth: 12,
  lineHeight: 20,
  lineNumbersMinChars: 3,
  links: false,
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  padding: { top: 8, bottom: 8 },
  renderLineHighlightOnlyWhenFocus: true,
  scrollBeyondLastLine: false,
  stickyScroll: { enabled: false },
  tabSize: 2,
  theme: 'howdah',
  unusualLineTerminators: 'off',
};

/** Monaco itself; only for SqlEditor, which loads it in the browser. */
export default function MonacoEditor(props: SqlEditorProps) {
  const { initialValue, markers, placeholder, ariaLabel = 'SQL editor' } = props;
  const box = useRef<HTMLDivElement>(null);
  const model = useRef<monaco.editor.ITextModel>(null);
  const onChange = useEffectEvent((text: string) => props.onChange?.(text));
  const onRun = useEffectEvent(() => props.onRun?.());
  const onRunAll = useEffectEvent(() => props.onRunAll?.());
  const onReady = useEffectEvent((handle: EditorHandle | null) => props.onReady?.(handle));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; its text is its own after that
  useEffect(() => {
    if (!box.current) return;
    const text = monaco.editor.createModel(initialValue, 'pgsql');
    const stopTheme = followTheme();
    const editor = monaco.editor.create(box.current, { ...options, model: text, placeholder, ariaLabel });
    model.current = text;
    addKeys(editor, onRun, onRunAll);
    text.onDidChangeContent(() => onChange(text.getValue()));
    const stopMarking = markStatement(editor, text);
    void document.fonts.load("13px 'JetBrains Mono Variable'").then(() => monaco.editor.remeasureFonts());
    onReady(handleOf(editor, text));
    if (props.hasFocus && !isBusyElsewhere()) editor.focus();
    return () => {
      onReady(null);
      model.current = null;
      stopMarking();
      stopTheme();
      editor.dispose();
      text.dispose();
    };
  }, []);

  useEffect(() => {
    const text = model.current;
    if (!text) return;
    monaco.editor.setModelMarkers(
      text,
      'howdah',
      (markers ?? []).map(({ start, end, message }) => ({
        ...rangeOf(text, start, end),
        message,
        severity: monaco.MarkerSeverity.Error,
      })),
    );
  }, [markers]);

  return <div ref={box} className="h-full" />;
}

/** Whether a dialog is open or somebody has begun to type in a field: then the focus is not ours to take. */
function isBusyElsewhere(): boolean {
  const field = 'input, textarea, select, [contenteditable="true"]';
  return (
    document.querySelector('[role="dialog"]') !== null || document.activeElement?.matches(field) === true
  );
}

function addKeys(editor: monaco.editor.IStandaloneCodeEditor, onRun: () => void, onRunAll: () => void) {
  const { CtrlCmd, Shift } = monaco.KeyMod;
  const { Enter } = monaco.KeyCode;
  editor.addAction({
    id: 'howdah.run',
    label: 'Run the statement at the cursor',
    keybindings: [CtrlCmd | Enter],
    run: onRun,
  });
  editor.addAction({
    id: 'howdah.run-all',
    label: 'Run all statements',
    keybindings: [CtrlCmd | Shift | Enter],
    run: onRunAll,
  });
}

function handleOf(editor: monaco.editor.IStandaloneCodeEditor, text: monaco.editor.ITextModel): EditorHandle {
  return {
    text: () => text.getValue(),
    selection: () => {
      const selection = editor.getSelection();
      if (!selection) return { start: 0, end: 0 };
      return {
        start: text.getOffsetAt(selection.getStartPosition()),
        end: text.getOffsetAt(selection.getEndPosition()),
      };
    },
    replace: (value) => {
      editor.pushUndoStop();
      editor.executeEdits('howdah', [{ range: text.getFullModelRange(), text: value }]);
      editor.pushUndoStop();
    },
    goTo: (offset) => {
      const position = text.getPositionAt(offset);
      editor.setPosition(position);
      editor.revealPositionInCenterIfOutsideViewport(position);
      editor.focus();
    },
  };
}

function rangeOf(text: monaco.editor.ITextModel, start: number, end: number) {
  const from = text.getPositionAt(start);
  const to = text.getPositionAt(end);
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}
