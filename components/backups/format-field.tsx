import { SelectField } from '@/components/ui/select-field';
import type { BackupFormat } from '@/lib/job-types';

const words: Record<BackupFormat, string> = {
  custom: 'Archive (pg_dump’s custom format)',
  directory: 'Archive by several jobs (directory format)',
  plain: 'Script (plain SQL)',
};

export type FormatFieldProps = {
  value: BackupFormat;
  formats: readonly BackupFormat[];
  disabled?: boolean;
  onChange: (value: BackupFormat) => void;
};

/** Asks how a backup is written. */
export function FormatField({ formats, ...field }: FormatFieldProps) {
  return <SelectField label="Format" options={formats.map((format) => [format, words[format]])} {...field} />;
}
