import { SquareTerminal } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state';
import { Shortcut } from '@/components/ui/shortcut';

const keys = [
  { keys: ['Mod', 'Enter'], words: 'run the selection, or the statement at the cursor' },
  { keys: ['Mod', 'Shift', 'Enter'], words: 'run everything' },
  { keys: ['Ctrl', 'M'], words: 'let Tab leave the editor, or not' },
] as const;

/** What will be here, and the keys that lead to it. */
export function BeforeFirstRun() {
  return (
    <EmptyState title="Results appear here" icon={<SquareTerminal />}>
      <p>
        One tab for each statement, with its rows, notices and duration. Every run is recorded in the history.
      </p>
      <dl className="mt-4 grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5 text-left">
        {keys.map((key) => (
          <div key={key.words} className="contents">
            <dt className="text-right">
              <Shortcut keys={key.keys} />
            </dt>
            <dd>{key.words}</dd>
          </div>
        ))}
      </dl>
    </EmptyState>
  );
}
