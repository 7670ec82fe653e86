'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { callApi } from '../jobs/call-api';

type Note = { text: string; isProblem: boolean };

/** Sends a form to the API, and what to say of it beside its button. `save` answers whether it was taken. */
export function useSave(saved = 'Saved.') {
  const router = useRouter();
  const [note, setNote] = useState<Note | null>(null);
  const save = async (method: 'PATCH' | 'POST', url: string, body: object): Promise<boolean> => {
    const { problem } = await callApi(method, url, body);
    setNote({ text: problem ?? saved, isProblem: problem !== null });
    router.refresh();
    return problem === null;
  };
  return { note, save };
}

/** The last line of a form: its button, and what came of it. */
export function SaveFoot({ note, children }: { note: Note | null; children: ReactNode }) {
  return (
    <div className="flex items-center gap-3">
      {children}
      <p role="status" className={note?.isProblem ? 'text-danger' : 'text-ink-soft'}>
        {note?.text}
      </p>
    </div>
  );
}
