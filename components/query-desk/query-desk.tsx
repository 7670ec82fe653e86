'use client';

import { EditorSkeleton } from '@/components/sql-editor/editor-skeleton';
import { SqlEditor } from '@/components/sql-editor/sql-editor';
import { Button } from '@/components/ui/button';
import type { Environment, Level } from '@/lib/api-types';
import { BeforeFirstRun } from './before-first-run';
import { OwnerDialog } from './owner-dialog';
import { Results } from './results';
import { RunStatus } from './run-status';
import { Split } from './split';
import { Toolbar } from './toolbar';
import { useDesk } from './use-desk';
import { useDraft } from './use-draft';
import { announcement } from './words';

export type QueryDeskProps = {
  /** The server's slug. */
  server: string;
  /** The database's name as PostgreSQL stores it. */
  database: string;
  environment: Environment;
  /** The level to begin with; `read` unless said otherwise. */
  level?: Level;
  /** The levels that the user may choose from. */
  levels: readonly Level[];
  /** A text to open with, instead of the draft that this browser keeps. It is not run. */
  initialSql?: string;
};

/**
 * The SQL page of one database: an editor above its results. It fills its parent, which must have a height. Give it
 * a `key` of server and database, so that another database gets another desk.
 */
export function QueryDesk(props: QueryDeskProps) {
  const { server, database, environment, level = 'read', levels, initialSql } = props;
  const desk = useDesk({ server, database, environment, level });
  const { draft, save, unshelve } = useDraft(server, database, initialSql);
  const { run } = desk;
  const restore = () => {
    if (draft?.shelved) desk.editor.current?.replace(draft.shelved);
    unshelve();
  };

  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <Toolbar
        {...{ level: desk.level, levels, environment, maxRows: desk.maxRows, isRunning: desk.isRunning }}
        isCancelling={run?.state.phase === 'cancelling'}
        onRun={desk.runCurrent}
        onRunAll={desk.runAll}
        onCancel={desk.cancel}
        onLevel={desk.setLevel}
        onMaxRows={desk.setMaxRows}
        status={
          desk.hint ? (
            <span className="text-sm text-warning">{desk.hint}</span>
          ) : (
            run && <RunStatus run={run} />
          )
        }
      />
      {draft?.shelved ? <Shelved onRestore={restore} onDismiss={unshelve} /> : null}
      <Split
        label="Divide editor and results"
        top={draft ? <DraftEditor {...{ desk, save }} text={draft.text} /> : <EditorSkeleton />}
        bottom={
          run ? (
            <Results
              key={run.state.startedAt}
              {...{ run, server, database }}
              onGoTo={desk.goTo}
              onUse={desk.use}
            />
          ) : (
            <BeforeFirstRun />
          )
        }
      />
      <OwnerDialog
        script={desk.toConfirm}
        level={desk.level}
        isTyped={environment === 'production'}
        server={server}
        database={database}
        onConfirm={desk.confirm}
        onClose={() => desk.setToConfirm(null)}
      />
      <div role="status" className="sr-only">
        {desk.hint || announcement(run?.state ?? null)}
      </div>
    </div>
  );
}

type Desk = ReturnType<typeof useDesk>;

/** The editor, with the draft in it; each change of it is kept. */
function DraftEditor({ desk, text, save }: { desk: Desk; text: string; save: (text: string) => void }) {
  return (
    <SqlEditor
      initialValue={text}
      placeholder="select …"
      hasFocus
      markers={desk.markers}
      onReady={(handle) => {
        desk.editor.current = handle;
      }}
      onChange={(changed) => {
        save(changed);
        desk.onEdit();
      }}
      onRun={desk.runCurrent}
      onRunAll={desk.runAll}
    />
  );
}

function Shelved({ onRestore, onDismiss }: { onRestore: () => void; onDismiss: () => void }) {
  return (
    <div className="flex shrink-0 items-center gap-2 border-line border-b bg-accent-soft px-3 py-1 text-sm">
      <span className="min-w-0 flex-1">This browser keeps an earlier draft for this database.</span>
      <Button size="small" onClick={onRestore}>
        Restore the draft
      </Button>
      <Button size="small" variant="ghost" onClick={onDismiss}>
        Dismiss
      </Button>
    </div>
  );
}
