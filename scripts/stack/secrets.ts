import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What only this installation knows: made once, kept in `secrets.json` of the data folder. */
export interface Secrets {
  /** Password of the role `howdah_owner`. */
  ownerPassword: string;
  /** Password of the role `howdah_app`. */
  appPassword: string;
  /** HOWDAH_SECRET, when the environment has none. */
  secret: string;
  /** Password of the demo's accounts, when the environment has none. */
  demoPassword: string;
}

/** The secrets of a data folder, made on first use; only their owner can read the file. */
export async function readSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, 'secrets.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read. Set HOWDAH_DATA to a folder of your own.`, { cause: error });
  });
  if (text !== undefined) return JSON.parse(text);
  const made: Secrets = {
    ownerPassword: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
    secret: randomBytes(32).toString('hex'),
    demoPassword: randomBytes(6).toString('hex'),
  };
  await writeFile(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return made;
}
