import { rotateSecret } from '@/lib/run-rotate';
import { runConsole } from './console';

const usage = `HOWDAH_SECRET=<new> HOWDAH_OLD_SECRET=<old> npm run rotate-secret

Encrypts the stored credentials of every server anew, in one transaction, and endorses the seals of the new secret by
the old one. Stop every instance first. Afterwards start them with the new secret alone.`;

await runConsole(usage, async () => {
  const changed = await rotateSecret();
  console.log(`${changed} credentials were encrypted anew. Start Howdah with the new HOWDAH_SECRET alone.`);
});
