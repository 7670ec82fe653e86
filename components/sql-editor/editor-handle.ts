/** A stretch of the editor's text: UTF-16 offsets, `end` exclusive. */
export type TextRange = { start: number; end: number };

/** An error in the text. */
export type EditorMarker = TextRange & { message: string };

/** What the page around an editor may ask of it. */
export type EditorHandle = {
  text: () => string;
  /** The selection; start and end are equal when there is only a cursor. */
  selection: () => TextRange;
  /** Replaces the whole text; undo brings it back. */
  replace: (text: string) => void;
  /** Puts the cursor there, scrolls to it and takes the focus. */
  goTo: (offset: number) => void;
};
