import { useEffect, useRef, useState } from 'react';
import { createHexLines } from './hex-lines';
import { createJsonLayout } from './json-layout';
import type { CellLines } from './lines';
import { createTextLines } from './text-lines';

/** How a value is shown: as it is stored, laid out as JSON, or as the bytes that it stands for. */
export type CellForm = 'text' | 'json' | 'hex';

/** `part`: what arrived with the row; the rest may be had. */
export type CellState = 'part' | 'loading' | 'whole' | 'failed';

export type ShownCell = {
  lines: CellLines;
  state: CellState;
  /** Bytes of the value's text that are here. */
  bytes: number;
  /** The value as it is stored, where all of it is here and it is not too long to be copied. */
  text: string | null;
};

/** Where a value is: what of it arrived, and where the whole of it is if that was cut. */
type CellSource = { value: string; isCut: boolean; href: string | null; isWanted: boolean };

/** Characters of a line: those that the panel has room for, on a phone too. */
const columns = 48;

/** How long the page may be busy before it draws again, in milliseconds, and the bytes that are read without a look at that. */
const busyMs = 12;
const sliceBytes = 128 * 1024;

const mostCopied = 4 * 1024 * 1024;

/** The lines of a value as it arrives; another value, form or wish begins anew, without asking again for what is here. */
export function useCellLines({ value, isCut, href, isWanted }: CellSource, form: CellForm): ShownCell {
  const [shown, setShown] = useState<ShownCell>(() => nothing(form));
  const kept = useRef<{ href: string; chunks: Uint8Array[] }>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const { lines, add } = linesOf(form);
    let bytes = 0;
    const tell = (state: CellState, text: string | null = null) => {
      if (!signal.aborted) setShown({ lines, state, bytes, text });
    };
    const take = slowly(signal, (slice) => {
      add(slice);
      bytes += slice.length;
    });
    const fill = async () => {
      if (href === null || !isWanted) {
        await take(new TextEncoder().encode(value), () => undefined);
        return tell(isCut ? 'part' : 'whole', value);
      }
      const chunks: Uint8Array[] = [];
      const known = kept.current?.href === href ? kept.current.chunks : null;
      for await (const chunk of known ?? readChunks(href, signal)) {
        chunks.push(chunk);
        await take(chunk, () => tell('loading'));
      }
      if (signal.aborted) return;
      kept.current = { href, chunks };
      tell('whole', bytes <= mostCopied ? await new Blob(chunks as BlobPart[]).text() : null);
    };
    fill().catch(() => tell('failed'));
    return () => controller.abort();
  }, [value, isCut, href, isWanted, form]);
  return shown;
}

function nothing(form: CellForm): ShownCell {
  return { lines: linesOf(form).lines, state: 'loading', bytes: 0, text: null };
}

function linesOf(form: CellForm): { lines: CellLines; add: (bytes: Uint8Array) => void } {
  const lines = form === 'hex' ? createHexLines() : createTextLines(columns);
  const layOut = form === 'json' ? createJsonLayout() : null;
  return { lines, add: (bytes) => lines.add(layOut === null ? bytes : layOut(bytes)) };
}

/** Has `add` take a piece bit by bit, and lets the page draw when it was busy for long; `onRest` is called then. */
function slowly(signal: AbortSignal, add: (slice: Uint8Array) => void) {
  let since = performance.now();
  return async (piece: Uint8Array, onRest: () => void): Promise<void> => {
    for (let at = 0; at < piece.length && !signal.aborted; at += sliceBytes) {
      add(piece.subarray(at, at + sliceBytes));
      if (performance.now() - since < busyMs) continue;
      onRest();
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
  };
}

async function* readChunks(href: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const response = await fetch(href, { signal });
  if (response.status !== 200 || response.body === null)
    throw new Error(`Howdah answered ${response.status}.`);
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
