/** The bound values of a statement, in the order of their numbers. */
export type Params = {
  values: (string | null)[];
  /** Binds a value of a type (as SQL) and answers its place, `$3::pg_catalog.int8`. */
  bind(value: string, cast: string): string;
};

export function createParams(): Params {
  const values: string[] = [];
  return {
    values,
    bind(value, cast) {
      values.push(value);
      return `$${values.length}::${cast}`;
    },
  };
}

/** An operator as SQL: PostgreSQL's own, whatever stands in search_path, unless the type brings its own. */
export function operator(symbol: string, isSystem: boolean): string {
  return isSystem ? `operator(pg_catalog.${symbol})` : symbol;
}
