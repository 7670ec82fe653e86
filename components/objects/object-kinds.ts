/** The lists of a database's objects: the segment after the database, and the tab's words. */
export const objectLists = [
  { path: '', label: 'Tables' },
  { path: 'objects/views', label: 'Views' },
  { path: 'objects/materialized-views', label: 'Materialized views' },
  { path: 'objects/functions', label: 'Functions' },
  { path: 'objects/sequences', label: 'Sequences' },
  { path: 'objects/types', label: 'Types' },
  { path: 'objects/extensions', label: 'Extensions' },
] as const;

export type ObjectListPath = (typeof objectLists)[number]['path'];
