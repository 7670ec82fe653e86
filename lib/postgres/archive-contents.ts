/** One line of an archive's table of contents, as `pg_restore --list` prints it and `--use-list` reads it. */
export type ArchiveEntry = {
  /** The dump id, by which `--use-list` knows it. */
  id: number;
  line: string;
  /** When it is restored: objects and rows first, then privileges, then what works with privileges in force. */
  pass: 'main' | 'privileges' | 'last';
  /** The end of the line may be the owner: the words from which it is found. Empty where an owner does not matter. */
  tail: string;
};

const catalogOf = { defaultAcl: '826', eventTrigger: '3466', none: '0' } as const;

/**
 * Reads a table of contents. Lines are `dump id; catalogue oid, object oid, description, schema, tag, owner`; names are
 * not quoted there, so that only the oids tell the kinds of entries apart without doubt.
 */
export function readContents(list: string): ArchiveEntry[] {
  return list.split(/\r?\n/).flatMap((line) => {
    const [, id, catalog, rest] = /^(\d+); (\d+) \d+ (.*)$/.exec(line) ?? [];
    if (catalog === undefined || rest === undefined) return [];
    return [
      { id: Number(id), line, pass: passOf(catalog, rest), tail: catalog === catalogOf.none ? '' : rest },
    ];
  });
}

/** As pg_restore itself orders them: a refresh and an event trigger must find the privileges in place. */
function passOf(catalog: string, rest: string): ArchiveEntry['pass'] {
  if (catalog === catalogOf.defaultAcl) return 'privileges';
  if (catalog === catalogOf.eventTrigger) return 'last';
  if (catalog !== catalogOf.none) return 'main';
  if (rest.startsWith('ACL ')) return 'privileges';
  return /^(MATERIALIZED VIEW DATA |COMMENT - EVENT TRIGGER )/.test(rest) ? 'last' : 'main';
}

/** Entries to restore in one run, with their owners or as objects of whoever restores. */
export type Segment = { entries: ArchiveEntry[]; keepsOwners: boolean };

/**
 * The entries in their order, cut where it changes whether an owner's role is there. `roles` may own what is restored;
 * with all owners among them it is one segment. Also answers the owners that are not there, by their last word.
 */
export function cutByOwners(
  entries: readonly ArchiveEntry[],
  roles: ReadonlySet<string>,
): { segments: Segment[]; missing: string[] } {
  const segments: Segment[] = [];
  const missing = new Set<string>();
  for (const entry of entries) {
    const owner = ownerOf(entry, roles);
    if (owner.isMissing) missing.add(owner.name);
    const current = segments.at(-1);
    const keepsOwners = entry.tail === '' ? (current?.keepsOwners ?? true) : !owner.isMissing;
    if (current?.keepsOwners === keepsOwners) current.entries.push(entry);
    else segments.push({ entries: [entry], keepsOwners });
  }
  return { segments, missing: [...missing] };
}

/** The longest end of the line that is a role; a line that ends with a space has no owner. */
function ownerOf({ tail }: ArchiveEntry, roles: ReadonlySet<string>): { name: string; isMissing: boolean } {
  if (tail === '' || tail.endsWith(' ')) return { name: '', isMissing: false };
  for (let at = tail.indexOf(' '); at >= 0; at = tail.indexOf(' ', at + 1)) {
    const name = tail.slice(at + 1);
    if (roles.has(name)) return { name, isMissing: false };
  }
  return { name: tail.slice(tail.lastIndexOf(' ') + 1), isMissing: true };
}
