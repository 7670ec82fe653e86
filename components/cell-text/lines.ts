/** The lines of a value, as far as it has come: any of them at any time, however long it is. */
export type CellLines = {
  /** Takes the next bytes of the value's text. */
  add(bytes: Uint8Array): void;
  count(): number;
  lineAt(index: number): string;
};
