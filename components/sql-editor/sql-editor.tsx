'use client';

import dynamic from 'next/dynamic';
import type { EditorHandle, EditorMarker } from './editor-handle';
import { EditorSkeleton } from './editor-skeleton';

export type SqlEditorProps = {
  /** The text to begin with; after that the editor owns it: change it with the handle's `replace`. */
  initialValue: string;
  onChange?: (text: string) => void;
  /** Ctrl-Enter, ⌘-Enter on a Mac. */
  onRun?: () => void;
  /** The same with Shift. */
  onRunAll?: () => void;
  /** Hands out the editor when it stands, and null when it goes. */
  onReady?: (handle: EditorHandle | null) => void;
  /** Errors to underline. */
  markers?: readonly EditorMarker[];
  /** Whether it takes the focus when it stands. */
  hasFocus?: boolean;
  placeholder?: string;
  ariaLabel?: string;
};

/**
 * Monaco for PostgreSQL's SQL, from our own origin, in the colours of the theme. It fills its parent. A bar marks
 * the statement at the cursor. Ctrl-M lets Tab leave the editor.
 */
export const SqlEditor = dynamic<SqlEditorProps>(() => import('./monaco-editor'), {
  ssr: false,
  loading: EditorSkeleton,
});
