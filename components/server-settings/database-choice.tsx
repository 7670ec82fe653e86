'use client';

import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { useCall } from '@/components/jobs/use-call';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { encodeName } from '@/lib/names';
import type { GrantsReport, Mask, WallReport } from '@/lib/wall-types';
import { MaskList } from './mask-list';
import { serverApi } from './paths';

export type DatabaseOffer = {
  database: string;
  schemas: string[];
  masks: Mask[];
  all_schemas: string[];
  proposed_masks: Mask[];
};

export type DatabaseChoiceProps = { server: string; offer: DatabaseOffer; report: GrantsReport | null };

/** What the levels may reach in one database: the schemas, the masked columns, and what these close. */
export function DatabaseChoiceForm({ server, offer, report }: DatabaseChoiceProps) {
  const id = useId();
  const router = useRouter();
  const [schemas, setSchemas] = useState(offer.schemas);
  const [masks, setMasks] = useState(offer.masks);
  const [found, setFound] = useState(report);
  const [isSaved, setIsSaved] = useState(false);
  const { isSending, problem, call } = useCall();
  const save = async () => {
    const url = `${serverApi(server)}/databases/${encodeName(offer.database)}/wall`;
    const kept = masks.filter(({ schema }) => schemas.includes(schema));
    const called = await call<WallReport>('PUT', url, { schemas, masks: kept });
    setIsSaved(called !== null);
    if (called === null) return;
    setMasks(kept);
    setFound(called.answer.grants.find(({ database }) => database === offer.database) ?? null);
    router.refresh();
  };
  const toggle = (schema: string) => {
    setIsSaved(false);
    setSchemas((before) =>
      before.includes(schema) ? before.filter((each) => each !== schema) : [...before, schema],
    );
  };
  return (
    <section aria-labelledby={id} className="rounded-lg border border-line bg-surface">
      <h2 id={id} className="border-line border-b px-3 py-2 font-medium font-mono text-sm">
        {offer.database}
      </h2>
      <div className="flex flex-col gap-3 p-3">
        <SchemaChoice all={offer.all_schemas} chosen={schemas} onToggle={toggle} />
        <MaskList
          masks={masks}
          proposed={offer.proposed_masks.filter(({ schema }) => schemas.includes(schema))}
          onChange={(next) => {
            setIsSaved(false);
            setMasks(next);
          }}
        />
        <Closed report={found} />
        <Problem text={problem} />
        <div className="flex items-center gap-3">
          <Button variant="primary" onClick={save} disabled={isSending}>
            {isSending ? 'Granting and trying…' : `Apply to ${offer.database}`}
          </Button>
          <p role="status" className="text-success empty:hidden">
            {isSaved ? 'Applied, and tried as the roles of the levels.' : null}
          </p>
        </div>
      </div>
    </section>
  );
}

type SchemaChoiceProps = { all: string[]; chosen: string[]; onToggle: (schema: string) => void };

function SchemaChoice({ all, chosen, onToggle }: SchemaChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-ink-soft text-sm">Schemas that both levels may reach</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {all.map((schema) => (
          <label key={schema} className="flex items-center gap-1.5 font-mono text-sm">
            <input type="checkbox" checked={chosen.includes(schema)} onChange={() => onToggle(schema)} />
            {schema}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What was withheld when the masks were last applied, views and generated columns among it. */
function Closed({ report }: { report: GrantsReport | null }) {
  if (report === null) return null;
  const { withheld, problems } = report;
  return (
    <div className="text-sm">
      {withheld.length === 0 ? (
        <p className="text-ink-soft">No mask is in force, so nothing of these schemas is withheld.</p>
      ) : (
        <>
          <p className="text-ink-soft">The masks in force close:</p>
          <ul className="mt-1 list-disc pl-5">
            {withheld.map(({ schema, relation, columns, why }) => (
              <li key={`${schema}.${relation}`} className="[overflow-wrap:anywhere]">
                <span className="font-mono">{`${schema}.${relation}`}</span>
                {columns === null ? ', all of it' : `: ${columns.join(', ')}`}
                <span className="text-ink-soft"> ({why})</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {problems.map((text) => (
        <p key={text} className="text-danger [overflow-wrap:anywhere]">
          {text}
        </p>
      ))}
    </div>
  );
}
