import { splitStatements, statementAt } from '@/lib/sql/split';
import { monaco } from './monaco';

/** Beyond this many characters splitting at each movement would be felt. */
const longest = 300_000;

const bar = 'ml-1 border-accent border-l-2';

/** Draws a bar beside the statement that "Run" would run. Returns what stops that. */
export function markStatement(
  editor: monaco.editor.IStandaloneCodeEditor,
  text: monaco.editor.ITextModel,
): () => void {
  const marks = editor.createDecorationsCollection();
  let pieces = splitStatements('');
  let version = -1;
  let frame = 0;

  const mark = () => {
    frame = 0;
    const selection = editor.getSelection();
    if (!selection?.isEmpty() || text.getValueLength() > longest) return marks.clear();
    if (version !== text.getVersionId()) {
      version = text.getVersionId();
      pieces = splitStatements(text.getValue());
    }
    const piece = statementAt(pieces, text.getOffsetAt(selection.getPosition()));
    if (!piece) return marks.clear();
    const first = text.getPositionAt(piece.start).lineNumber;
    const last = text.getPositionAt(piece.end).lineNumber;
    const range = new monaco.Range(first, 1, last, 1);
    marks.set([{ range, options: { isWholeLine: true, linesDecorationsClassName: bar } }]);
  };
  const schedule = () => {
    frame ||= requestAnimationFrame(mark);
  };

  schedule();
  const listeners = [editor.onDidChangeCursorSelection(schedule), text.onDidChangeContent(schedule)];
  return () => {
    cancelAnimationFrame(frame);
    for (const listener of listeners) listener.dispose();
  };
}
