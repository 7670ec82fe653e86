import { useEffect, useRef, useState } from 'react';
import type { CsvShape } from '@/lib/import-types';
import type { RelationPlace } from '../rows-view';
import {
  decodeHead,
  type GuessedCsv,
  guessCsv,
  headBytes,
  mapColumns,
  readHead,
  samplePlaces,
} from './guess-csv';
import { type Imported, sendCsv } from './send-csv';

type Chosen = { file: File; head: Uint8Array; rows: string[][]; shape: CsvShape };

/** A file on its way into a table: chosen and guessed, mended by hand, sent, answered. */
export function useImport(place: RelationPlace, names: readonly string[]) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [sentBytes, setSentBytes] = useState<number | null>(null);
  const [answer, setAnswer] = useState<Imported | null>(null);
  const sending = useRef<AbortController>(null);
  useEffect(() => () => sending.current?.abort(), []);

  const choose = async (file: File) => {
    const read = async (from: number) =>
      new Uint8Array(await file.slice(from, from + headBytes).arrayBuffer());
    const head = await read(0);
    const samples = await Promise.all(samplePlaces(file.size).map(read));
    const { rows, ...guessed } = guessCsv(head, file.size <= headBytes, samples);
    setAnswer(null);
    setChosen({
      file,
      head,
      rows,
      shape: { ...guessed, columns: mapColumns(names, rows, guessed.has_header) },
    });
  };
  /** Another way to read the file: its columns are mapped anew. */
  const reshape = (change: Partial<Omit<GuessedCsv, 'rows'>>) => {
    if (chosen === null) return;
    const shape = { ...chosen.shape, ...change };
    const text = decodeHead(chosen.head, shape.encoding);
    const rows = readHead(text, shape, chosen.file.size <= headBytes);
    setChosen({ ...chosen, rows, shape: { ...shape, columns: mapColumns(names, rows, shape.has_header) } });
  };
  const send = async () => {
    if (chosen === null) return;
    const abort = new AbortController();
    sending.current = abort;
    setAnswer(null);
    setSentBytes(0);
    const came = await sendCsv(place, chosen, { signal: abort.signal, onSent: setSentBytes });
    setSentBytes(null);
    setAnswer(came);
  };
  return {
    chosen,
    sentBytes,
    answer,
    choose: (file: File) => void choose(file),
    reshape,
    map: (columns: (string | null)[]) =>
      chosen && setChosen({ ...chosen, shape: { ...chosen.shape, columns } }),
    send: () => void send(),
    cancel: () => sending.current?.abort(),
  };
}
