'use client';

import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import type { BackupEntry } from '@/lib/job-types';
import { commandsOf } from './commands';

export type CommandsDialogProps = { backup: BackupEntry; onClose: () => void };

/** The commands that do by hand what Howdah does with a backup, to copy. */
export function CommandsDialog({ backup, onClose }: CommandsDialogProps) {
  const script = { none: '.sql', gzip: '.sql.gz', zstd: '.sql.zst' }[backup.compress];
  const suffix = { custom: '.dump', directory: '.tar', plain: script }[backup.format];
  const file = `${backup.database.replace(/[^A-Za-z0-9_-]+/g, '_')}${suffix}${backup.encrypt ? '.age' : ''}`;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Commands for ${backup.database}`}
      description="What does the same by hand. Set PGHOST, PGPORT, PGUSER and a password file first."
      footer={<Button onClick={onClose}>Close</Button>}
      className="max-w-[720px]!"
    >
      <ul className="flex flex-col gap-3">
        {commandsOf(backup, file).map(({ title, text }) => (
          <li key={title}>
            <p className="flex items-center justify-between text-ink-soft">
              {title}
              <CopyButton text={text} label={`Copy: ${title}`} />
            </p>
            <code className="block break-words rounded-md bg-sunken px-2 py-1.5 font-mono text-sm">
              {text}
            </code>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
