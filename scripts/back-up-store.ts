import { AppError } from '@/lib/errors';
import { backUpStore } from '@/lib/run-back-up-store';
import { runConsole } from './console';

const usage = `npm run back-up-store -- FILE

Writes an archive of Howdah's own store (users, servers, history, audit log) to a new file, by pg_dump. The credentials in
it are encrypted: keep HOWDAH_SECRET elsewhere. Restore it with pg_restore into an empty database.`;

await runConsole(usage, async () => {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new AppError('invalid', 'No file is given.', { hint: usage });
  const { bytes, tool } = await backUpStore(file);
  console.log(`${file}: ${bytes} bytes, by pg_dump ${tool}`);
});
