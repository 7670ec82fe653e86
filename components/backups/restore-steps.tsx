import { formatBytes, formatCount } from '@/components/ui/format';
import type { BackupEntry } from '@/lib/job-types';

export type RestoreStepsProps = { backup: BackupEntry; name: string; isOver: boolean };

/** What a restore will do, in the order in which it does. */
export function RestoreSteps({ backup, name, isOver }: RestoreStepsProps) {
  const { source, size_bytes, format, jobs } = backup;
  const size = source === null ? 'an unknown size' : formatBytes(source.size_bytes);
  const tables =
    source === null
      ? 'all tables'
      : `${formatCount(source.tables)} ${source.tables === 1 ? 'table' : 'tables'}`;
  const called = <span className="font-mono text-sm">{name || '…'}</span>;
  return (
    <ol className="mt-3 list-decimal space-y-1 pl-5 text-ink-soft">
      <li>
        The file of {formatBytes(size_bytes ?? 0)} is read and its SHA-256 compared.
        {format === 'directory'
          ? ` It is unpacked into a folder of that size, from which ${jobs} jobs restore.`
          : null}
      </li>
      <li>
        A database is made
        {source === null ? '' : ` (${source.encoding}, ${source.locale.locale ?? source.locale.collate})`},
        and {tables} with their objects are restored; the database took {size} when it was backed up. The
        first error ends it, and what was made is removed.
      </li>
      <li>
        Owners are kept and privileges granted where their roles exist; those that are missing are listed.
      </li>
      {isOver ? (
        <li>
          When it is whole, the sessions of {called} end, the old one is renamed to {name}_before_ with the
          date, and the copy takes its name. Drop the old one by hand when nobody needs it.
        </li>
      ) : (
        <li>It gets the name {called} when it is whole.</li>
      )}
    </ol>
  );
}
