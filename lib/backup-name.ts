import type { BackupEntry } from './job-types';

/** What a backup's name is made of. */
type Named = Pick<
  BackupEntry,
  'server' | 'database' | 'created_at' | 'format' | 'contents' | 'compress' | 'encrypt'
>;

/**
 * `demo-blog-20260131-120000.dump`: what a template makes of a server's slug, the database's letters and figures, what the
 * backup holds, and the date and time in UTC. Whatever the database is named, no part of it is a path, a device or a
 * header.
 */
export function backupFileName(backup: Named, template: string): string {
  const [date = '', time = ''] = new Date(backup.created_at).toISOString().slice(0, 19).split('T');
  const parts: Record<string, string> = {
    server: backup.server,
    database: backup.database,
    contents: backup.contents,
    date: date.replaceAll('-', ''),
    time: time.replaceAll(':', ''),
  };
  const name = template.replace(/\{(\w+)\}/g, (_, part: string) => safe(parts[part] ?? ''));
  return `${safe(name)}${suffixOf(backup)}`;
}

/**
 * The name of a backup's object: the same, with the backup's id, so that no two are ever one object, and what was left of
 * one is told from all others.
 */
export function objectName({ id, ...backup }: Named & { id: string }, template: string): string {
  const suffix = suffixOf(backup);
  return `${backupFileName(backup, template).slice(0, -suffix.length)}-${id}${suffix}`;
}

/** Bytes are few enough for every file system, the suffix included. */
function safe(text: string): string {
  return text
    .replace(/[^A-Za-z0-9_-]+/g, '_')
    .slice(0, 150)
    .replace(/^[_-]+$/, 'database');
}

function suffixOf({ format, compress, encrypt }: Named): string {
  const age = encrypt ? '.age' : '';
  if (format === 'custom') return `.dump${age}`;
  if (format === 'directory') return `.tar${age}`;
  return `${{ none: '.sql', gzip: '.sql.gz', zstd: '.sql.zst' }[compress]}${age}`;
}
