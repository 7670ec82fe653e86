'use client';

import { useState } from 'react';
import { callApi } from './call-api';

type Method = Parameters<typeof callApi>[0];

/** A call of the API that a form or a button makes: whether it is under way, and what went wrong with the last one. */
export function useCall() {
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  /** Answers null where it failed; `problem` says why. */
  const call = async <T>(method: Method, url: string, body?: object): Promise<{ answer: T } | null> => {
    setIsSending(true);
    const called = await callApi<T>(method, url, body);
    setProblem(called.problem);
    setIsSending(false);
    return called.problem === null ? { answer: called.answer as T } : null;
  };
  return { isSending, problem, call };
}
