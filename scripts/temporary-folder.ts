import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Makes an empty folder in the system's place for such. Other users may pass through it, but not list it. */
export async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'howdah-'));
  await chmod(folder, 0o711);
  return folder;
}
