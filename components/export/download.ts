import type { DatabasePlace } from '@/components/shell/place';
import type { ErrorBody } from '@/lib/query-event';
import { type ExportRequest, exportPath } from './export-request';

type Ticket = { id: string; ticket: string };

/** Asks for a ticket of an export. Never rejects. */
export async function askForTicket({ place, params, body }: ExportRequest): Promise<Ticket | ErrorBody> {
  try {
    const response = await fetch(`${exportPath(place)}/tickets?${params}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json().catch(() => ({}))) as Partial<Ticket> & { error?: ErrorBody };
    if (response.ok && answer.id !== undefined && answer.ticket !== undefined) {
      return { id: answer.id, ticket: answer.ticket };
    }
    return answer.error ?? { code: 'internal', message: `Howdah answered ${response.status}.` };
  } catch {
    return { code: 'unreachable', message: 'Howdah did not answer.', hint: 'Try again.' };
  }
}

/**
 * Has the browser download what a ticket is good for: straight to the disk, whatever its size, with a failure in its own list
 * of downloads when the answer breaks off. A form, since a request of a script would have to hold it all.
 */
export function download(place: DatabasePlace, ticket: string): void {
  const form = document.createElement('form');
  const field = document.createElement('input');
  Object.assign(form, { method: 'post', action: `${exportPath(place)}/file`, hidden: true });
  Object.assign(field, { type: 'hidden', name: 'ticket', value: ticket });
  form.append(field);
  document.body.append(form);
  // The page stays: whoever would ask before it is left is not heard.
  const options = { capture: true };
  const stay = (event: Event) => event.stopImmediatePropagation();
  window.addEventListener('beforeunload', stay, options);
  form.submit();
  setTimeout(() => {
    window.removeEventListener('beforeunload', stay, options);
    form.remove();
  });
}
