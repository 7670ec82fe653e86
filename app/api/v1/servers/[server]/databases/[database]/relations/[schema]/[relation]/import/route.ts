import { importInput } from '@/lib/import-schema';
import { refusal, route } from '@/lib/route';
import { importCsv } from '@/lib/run-import';

/** Brings a CSV file, the body, into a table: all rows or none. Bad rows are named. A client that leaves ends it. */
export const POST = route('edit-rows', importInput, async (actor, input, signal) => {
  const { server, database, schema, relation, column, header, ...shape } = input;
  const columns = column.map((name) => (name === '' ? null : name));
  const place = { server, database, schema, relation };
  const answer = await importCsv(actor, place, { ...shape, columns, has_header: header }, signal);
  if (!('error' in answer)) return answer;
  const { error, ...found } = answer;
  return refusal(error, found);
});
