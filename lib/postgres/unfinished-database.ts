/** The name under which a restore fills its database: nobody else lists or opens one before it is whole. */
export function unfinishedName(jobId: string): string {
  return `howdah_restore_${jobId}`;
}

/** Whether a name is that of a database that a restore still fills, or could not remove. */
export function isUnfinishedName(database: string): boolean {
  return /^howdah_restore_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(database);
}
