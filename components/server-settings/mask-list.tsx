'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import type { Mask } from '@/lib/wall-types';

export type MaskListProps = {
  masks: readonly Mask[];
  /** Columns whose names say that they hold secrets. */
  proposed: readonly Mask[];
  onChange: (masks: Mask[]) => void;
};

/** The masked columns, beside those that their names propose; another one is typed. */
export function MaskList({ masks, proposed, onChange }: MaskListProps) {
  const [typed, setTyped] = useState('');
  const all = [...new Map([...masks, ...proposed].map((mask) => [keyOf(mask), mask])).values()];
  const isMasked = (mask: Mask) => masks.some((each) => keyOf(each) === keyOf(mask));
  const toggle = (mask: Mask) =>
    onChange(isMasked(mask) ? masks.filter((each) => keyOf(each) !== keyOf(mask)) : [...masks, mask]);
  const added = readMask(typed);
  const add = () => {
    if (added === null) return;
    if (!isMasked(added)) onChange([...masks, added]);
    setTyped('');
  };
  return (
    <fieldset>
      <legend className="mb-1 text-ink-soft text-sm">
        Masked columns: neither level reads or writes them, nor what shows them (views, generated columns,
        partitions)
      </legend>
      <ul className="flex flex-col gap-0.5">
        {all.map((mask) => (
          <li key={keyOf(mask)}>
            <label className="flex flex-wrap items-center gap-1.5 font-mono text-sm">
              <input type="checkbox" checked={isMasked(mask)} onChange={() => toggle(mask)} />
              {`${mask.schema}.${mask.relation}.${mask.column}`}
              {proposed.some((each) => keyOf(each) === keyOf(mask)) ? (
                <span className="font-sans text-ink-faint">proposed by its name</span>
              ) : null}
            </label>
          </li>
        ))}
      </ul>
      <div className="mt-2 flex max-w-[420px] gap-2">
        <Input
          aria-label="Mask another column"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          placeholder="schema.table.column"
          className="font-mono"
          spellCheck={false}
        />
        <Button onClick={add} disabled={added === null}>
          <Plus aria-hidden />
          Mask
        </Button>
      </div>
    </fieldset>
  );
}

function keyOf({ schema, relation, column }: Mask): string {
  return JSON.stringify([schema, relation, column]);
}

/** Three names with points between them; a name that holds a point itself stands in double quotes. */
function readMask(text: string): Mask | null {
  const names = [...text.trim().matchAll(/(?:^|\.)(?:"((?:[^"]|"")+)"|([^".]+))(?=\.|$)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
  const [schema, relation, column, ...rest] = names;
  if (!schema || !relation || !column || rest.length > 0) return null;
  return { schema, relation, column };
}
