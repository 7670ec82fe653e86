import { CircleAlert, CircleSlash, LoaderCircle } from 'lucide-react';
import type { RowBuffer } from '@/components/data-grid/row-buffer';
import { useRowCount } from '@/components/data-grid/use-row-count';
import { Select } from '@/components/ui/input';
import { Tab, TabList } from '@/components/ui/tabs';
import { type RunScript, verbOf } from './run-script';
import type { Outcome, StatementResult } from './run-state';
import type { Run } from './use-run';
import { resultInWords } from './words';

/** More statements than this are chosen from a list. */
const mostTabs = 40;

export type ResultTabsProps = { run: Run; value: string; onChange: (value: string) => void };

/** One tab for each statement, or a list when there are very many. */
export function ResultTabs({ run, value, onChange }: ResultTabsProps) {
  const { state, script, buffers } = run;
  if (state.results.length > mostTabs) return <ResultSelect run={run} value={value} onChange={onChange} />;
  return (
    <TabList aria-label="Statements" className="shrink-0 overflow-x-auto overflow-y-hidden">
      {state.results.map((result) => {
        const buffer = buffers.get(result.statement);
        return buffer ? (
          <Tab key={result.id} value={String(result.statement)} className="mb-0 shrink-0 whitespace-nowrap">
            <TabLabel result={result} buffer={buffer} script={script} />
          </Tab>
        ) : null;
      })}
      {state.skipped ? (
        <Tab value="skipped" className="mb-0 shrink-0 whitespace-nowrap">
          {skippedInWords(state.skipped)}
        </Tab>
      ) : null}
    </TabList>
  );
}

type TabLabelProps = { result: StatementResult; buffer: RowBuffer; script: RunScript };

function TabLabel({ result, buffer, script }: TabLabelProps) {
  const rowCount = useRowCount(buffer);
  const verb = verbOf(script, result.statement);
  return (
    <>
      <span className="text-ink-faint">{result.statement}</span>
      <OutcomeIcon outcome={result.outcome} />
      {resultInWords(result, verb, rowCount)}
    </>
  );
}

function OutcomeIcon({ outcome }: { outcome: Outcome | null }) {
  if (!outcome) return <LoaderCircle aria-hidden className="size-3.5 motion-safe:animate-spin" />;
  if (outcome.type === 'done') return null;
  if (outcome.type === 'cancelled') return <CircleSlash aria-hidden className="size-3.5 text-ink-faint" />;
  return <CircleAlert aria-hidden className="size-3.5 text-danger" />;
}

function ResultSelect({ run, value, onChange }: ResultTabsProps) {
  const { results, skipped } = run.state;
  return (
    <div className="flex h-10 shrink-0 items-center border-line border-b px-3">
      <Select
        aria-label="Statement"
        className="w-80!"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {results.map((result) => (
          <option key={result.id} value={result.statement}>
            {result.statement} {resultInWords(result, verbOf(run.script, result.statement), 0)}
          </option>
        ))}
        {skipped ? <option value="skipped">{skippedInWords(skipped)}</option> : null}
      </Select>
    </div>
  );
}

/** `8–12 skipped`, `8 skipped`. */
function skippedInWords({ from, to }: { from: number; to: number }): string {
  return `${from === to ? from : `${from}–${to}`} skipped`;
}
