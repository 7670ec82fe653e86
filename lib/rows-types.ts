/** What a user wants of a column of a grid; the width is in pixels. */
export type ArrangedColumn = { name: string; width?: number; is_hidden?: boolean; is_pinned?: boolean };

/** The columns of a relation in the order in which a user wants them. Those that it does not name follow in theirs. */
export type ColumnLayout = ArrangedColumn[];

/** What PostgreSQL's planner expects of a filter, without running it. */
export type RowEstimate = {
  /** Rows that meet the filter. */
  estimated_rows: number;
  /** Whether an index can find them; null where the relation is made of several, each read in its own way. */
  is_indexed: boolean | null;
  /** Rows of the relation, which are read one by one without an index; null where never analysed. */
  relation_rows: number | null;
  query_id: string;
  duration_ms: number;
};
