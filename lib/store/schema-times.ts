import type { ColumnType } from 'kysely';

/** A time that whoever writes the row gives. */
export type Timestamp = ColumnType<Date, Date | string, Date | string>;

/** A time that the store gives where nobody does. */
export type Now = ColumnType<Date, Date | string | undefined, Date | string>;
