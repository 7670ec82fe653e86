import { useState } from 'react';
import { createRowBuffer } from '@/components/data-grid/row-buffer';
import { TabPanel, Tabs } from '@/components/ui/tabs';
import { Refusal } from './refusal';
import { ResultTabs } from './result-tabs';
import { verbOf } from './run-script';
import type { StatementResult } from './run-state';
import { StatementPanel } from './statement-panel';
import type { Run } from './use-run';
import { connectionLost } from './words';

export type ResultsProps = {
  server: string;
  database: string;
  run: Run;
  /** Leads to an error in the editor; missing once the text has changed. */
  onGoTo: ((result: StatementResult) => void) | undefined;
  /** Puts another text in a statement's place; missing once the text has changed. */
  onUse: ((result: StatementResult, sql: string) => void) | undefined;
};

const noBuffer = createRowBuffer();

/** Everything a run answered; the newest statement is shown until somebody chooses another. */
export function Results({ server, database, run, onGoTo, onUse }: ResultsProps) {
  const { state, buffers, script } = run;
  const [chosen, setChosen] = useState<string | null>(null);
  const value = chosen ?? String(state.results.at(-1)?.statement ?? '');
  const result = state.results.find(({ statement }) => String(statement) === value);
  if (state.refusal) return <Refusal error={state.refusal} />;
  if (state.results.length === 0)
    return (
      <p className="p-3 text-ink-soft">
        {state.phase === 'lost' ? connectionLost : 'Waiting for the server.'}
      </p>
    );
  return (
    <Tabs value={value} onValueChange={setChosen} className="flex h-full min-h-0 flex-col bg-surface">
      <ResultTabs run={run} value={value} onChange={setChosen} />
      <TabPanel value={value} tabIndex={-1} className="min-h-0 flex-1 outline-none">
        {result ? (
          <StatementPanel
            key={result.id}
            result={result}
            buffer={buffers.get(result.statement) ?? noBuffer}
            verb={verbOf(script, result.statement)}
            onGoTo={onGoTo && hasPlace(result) ? () => onGoTo(result) : undefined}
            onUse={onUse && ((sql) => onUse(result, sql))}
            exported={isExportable(run, result) ? { server, database, sql: textOf(run, result) } : null}
          />
        ) : (
          <Skipped run={run} />
        )}
      </TabPanel>
    </Tabs>
  );
}

/** An export runs at the read level, and takes a query: elsewhere its rows could be others. */
function isExportable({ script, level }: Run, { statement, outcome }: StatementResult): boolean {
  const isRead = /^(?:SELECT|VALUES|TABLE|WITH)$/.test(verbOf(script, statement));
  return level === 'read' && outcome?.type === 'done' && isRead;
}

function textOf({ script }: Run, { statement }: StatementResult): string {
  return script.pieces[statement - 1]?.text ?? '';
}

function hasPlace({ outcome }: StatementResult): boolean {
  return outcome?.type === 'error' && outcome.error.position !== undefined;
}

function Skipped({ run }: { run: Run }) {
  const { skipped, results } = run.state;
  if (!skipped) return null;
  const which =
    skipped.from === skipped.to ? `Statement ${skipped.from}` : `Statements ${skipped.from} to ${skipped.to}`;
  return (
    <p className="p-3 text-ink-soft">
      {which} did not run, because statement {results.at(-1)?.statement} did not succeed.
    </p>
  );
}
