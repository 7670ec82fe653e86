import type {
  BackupChoices,
  BackupCompress,
  BackupContents,
  BackupDestination,
  BackupFormat,
} from '@/lib/job-types';

/** What the API is asked for. */
export type BackupWish = {
  format: BackupFormat;
  contents: BackupContents;
  compress: BackupCompress;
  relations: { schema: string; relation: string }[] | null;
  jobs: number;
  destination: BackupDestination;
};

/** What is chosen and typed; `tables` has one a line. */
export type WishFields = Omit<BackupWish, 'relations'> & { tables: string };

/** What is chosen before anybody does. */
export function firstFields({ usual }: BackupChoices): WishFields {
  return { contents: 'all', format: 'custom', compress: 'none', tables: '', jobs: 4, destination: usual };
}

/** The format that is written: roles are always a script. */
export function formatOf({ contents, format }: WishFields): BackupFormat {
  return contents === 'globals' ? 'plain' : format;
}

/** The same as the API takes it: what does not go with the rest is left as it is without it. */
export function wishOf({ tables, ...fields }: WishFields): BackupWish {
  const format = formatOf({ tables, ...fields });
  return {
    ...fields,
    format,
    compress: format === 'plain' ? fields.compress : 'none',
    relations: fields.contents === 'globals' ? null : relationsIn(tables),
    jobs: format === 'directory' ? fields.jobs : 1,
  };
}

/** `public.posts` a line; a schema's name ends at the first dot. */
function relationsIn(text: string): BackupWish['relations'] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return null;
  return lines.map((line) => {
    const dot = line.indexOf('.');
    return dot < 0
      ? { schema: 'public', relation: line.trim() }
      : { schema: line.slice(0, dot).trim(), relation: line.slice(dot + 1).trim() };
  });
}
