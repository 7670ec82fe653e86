import type { BackupEntry } from '@/lib/job-types';

type Subject = Pick<
  BackupEntry,
  'database' | 'format' | 'contents' | 'compress' | 'relations' | 'encrypt' | 'jobs'
>;

/** A command to copy, and what it is for. */
export type Command = { title: string; text: string };

/**
 * The commands that do by hand what Howdah does: take such a backup, restore its file, and both inside a container. Where
 * the server is and who connects is said by libpq's own variables, so that no password stands in a command.
 */
export function commandsOf(backup: Subject, file: string): Command[] {
  if (backup.format === 'directory') return directoryCommands(backup, file);
  const take = dumpCommand(backup);
  const age = backup.encrypt ? ' | age --encrypt --recipients-file recipients.txt' : '';
  const pack = `${{ none: '', gzip: ' | gzip', zstd: ' | zstd' }[backup.compress]}${age}`;
  const inside = (command: string) => `docker compose exec -T db ${command}`;
  const target = quoteForShell(`${backup.database}_restored`);
  const restore = restoreCommand(backup, target);
  const unzip = { none: '', gzip: 'gunzip -c', zstd: 'zstd -dc' }[backup.compress];
  const feed = feeder(file, [backup.encrypt ? 'age --decrypt --identity key.txt' : '', unzip]);
  return [
    { title: 'Take it', text: `${take}${pack} > ${quoteForShell(file)}` },
    { title: 'Restore it into a new database', text: `createdb ${target} && ${feed(restore)}` },
    { title: 'Take it in a container', text: `${inside(take)}${pack} > ${quoteForShell(file)}` },
    { title: 'Restore it in a container', text: feed(inside(restore)) },
  ];
}

/** Several processes write into a folder, which is packed into one file and unpacked again. */
function directoryCommands(backup: Subject, file: string): Command[] {
  const folder = quoteForShell(`${file.replace(/\.tar.*$/, '')}.d`);
  const target = quoteForShell(`${backup.database}_restored`);
  const quoted = quoteForShell(file);
  const restore = `createdb ${target} && pg_restore --exit-on-error --jobs=${backup.jobs} --dbname=${target} ${folder}`;
  const pack = backup.encrypt
    ? `tar -cf - -C ${folder} . | age --encrypt --recipients-file recipients.txt > ${quoted}`
    : `tar -cf ${quoted} -C ${folder} .`;
  const unpack = backup.encrypt
    ? `age --decrypt --identity key.txt ${quoted} | tar -xf - -C ${folder}`
    : `tar -xf ${quoted} -C ${folder}`;
  const inside = (command: string) => `docker compose exec -T db sh -c ${quoteForShell(command)}`;
  const dump = `${dumpCommand(backup)} --jobs=${backup.jobs} --file=${folder}`;
  const feed = backup.encrypt ? `age --decrypt --identity key.txt ${quoted} | ` : '';
  const stdin = backup.encrypt ? '' : ` < ${quoted}`;
  return [
    { title: 'Take it', text: `${dump} && ${pack}` },
    { title: 'Restore it into a new database', text: `mkdir ${folder} && ${unpack} && ${restore}` },
    {
      title: 'Take it in a container',
      text: `${inside(`${dump} >&2 && tar -cf - -C ${folder} .`)}${backup.encrypt ? ' | age --encrypt --recipients-file recipients.txt' : ''} > ${quoted}`,
    },
    {
      title: 'Restore it in a container',
      text: `${feed}${inside(`mkdir ${folder} && tar -xf - -C ${folder} && ${restore}`)}${stdin}`,
    },
  ];
}

/** Gives a file to a command, through the programs that unpack it. */
function feeder(file: string, programs: string[]) {
  const [first, ...rest] = programs.filter((program) => program !== '');
  const quoted = quoteForShell(file);
  if (first === undefined) return (command: string) => `${command} < ${quoted}`;
  return (command: string) => [`${first} ${quoted}`, ...rest, command].join(' | ');
}

function dumpCommand({ database, format, contents, relations }: Subject): string {
  if (contents === 'globals') return 'pg_dumpall --globals-only --no-role-passwords';
  const options = [
    `--format=${format}`,
    ...(contents === 'schema' ? ['--schema-only'] : []),
    ...(contents === 'data' ? ['--data-only'] : []),
    ...(relations ?? []).map(({ schema, relation }) =>
      quoteForShell(`--table="${doubled(schema)}"."${doubled(relation)}"`),
    ),
    quoteForShell(`--dbname=dbname='${database.replace(/[\\']/g, '\\$&')}'`),
  ];
  return `pg_dump ${options.join(' ')}`;
}

function restoreCommand({ format, contents }: Subject, target: string): string {
  if (contents === 'globals') return 'psql --set=ON_ERROR_STOP=1 postgres';
  return format === 'custom'
    ? `pg_restore --exit-on-error --dbname=${target}`
    : `psql --no-psqlrc --set=ON_ERROR_STOP=1 --single-transaction ${target}`;
}

function doubled(name: string): string {
  return name.replaceAll('"', '""');
}

/** A word of a shell command that holds exactly this text. */
export function quoteForShell(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
