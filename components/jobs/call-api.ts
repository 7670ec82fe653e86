import { type ErrorBody, errorLine } from '@/lib/query-event';

/** What came of a call: what the API answered, or what to tell the user. */
export type Called<T> = { answer: T; problem: null } | { answer: null; problem: string };

/** Calls the API with a JSON body (none for GET and DELETE). Never rejects. */
export async function callApi<T>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  body: object = {},
): Promise<Called<T>> {
  try {
    const response = await fetch(url, {
      method,
      ...(method !== 'GET' && method !== 'DELETE'
        ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
        : {}),
    });
    if (!response.ok) return { answer: null, problem: await readProblem(response) };
    return { answer: (response.status === 204 ? null : await response.json()) as T, problem: null };
  } catch {
    return { answer: null, problem: 'Howdah did not answer. Look whether it took effect, then try again.' };
  }
}

/** The API's error in one line: what happened, why, what to do. */
export async function readProblem(response: Response): Promise<string> {
  const { error } = (await response.json().catch(() => ({}))) as { error?: ErrorBody };
  return errorLine(error ?? { message: `Howdah answered ${response.status}.` });
}
