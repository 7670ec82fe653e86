import { parseArgs } from 'node:util';
import { AppError } from '@/lib/errors';
import { verifyWithHead } from '@/lib/run-verify';
import { sealedLogs } from '@/lib/store/mark';
import type { SealHead } from '@/lib/store/seal-head';

const usage = `npm run verify -- [--head HEIGHT:HASH]

Checks every row of the query history and of the audit log against its seal (DATABASE_URL, HOWDAH_SECRET), and that the
head remembered in HOWDAH_DATA is one of the store's. With --head it also looks for a head that was written down
elsewhere; it may be given several times. Prints the verdict as JSON. Exit code 1: something does not fit.`;

function readHeads(texts: string[]): SealHead[] {
  return texts.map((text) => {
    const [, height, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
    if (height === undefined || hash === undefined) {
      throw new AppError('invalid', `"${text}" is not a head.`, { hint: usage });
    }
    return { height: Number(height), hash };
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      head: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const verdict = await verifyWithHead(sealedLogs, readHeads(values.head));
  console.log(JSON.stringify(verdict));
  if (verdict.ok) return 0;
  console.error(`first bad: ${verdict.first_bad?.message}`);
  return 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    if (!(error instanceof AppError)) throw error;
    console.error([error.message, error.hint].filter(Boolean).join('\n'));
    process.exit(1);
  },
);
