import { useEffect, useReducer, useRef } from 'react';
import { createRowBuffer, type RowBuffer } from '@/components/data-grid/row-buffer';
import type { Level } from '@/lib/api-types';
import type { QueryEvent } from '@/lib/query-event';
import type { RunScript } from './run-script';
import { newRun, type RunAction, type RunState, reduceRun } from './run-state';
import { cancelRun, type RunListener, type RunRequest, streamRun } from './run-stream';

/** A run: what was sent, how it goes, and the rows of each statement. */
export type Run = {
  script: RunScript;
  level: Level;
  state: RunState;
  buffers: ReadonlyMap<number, RowBuffer>;
};

type Begin = { type: 'begin'; run: Run };

/** One run at a time against one database. Leaving the page cancels it. */
export function useRun(place: { server: string; database: string }) {
  const [run, dispatch] = useReducer(reduce, null);
  const abort = useRef<AbortController>(null);

  useEffect(() => {
    const leave = () => {
      abort.current?.abort();
      dispatch({ type: 'lost', at: Date.now() });
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      abort.current?.abort();
    };
  }, []);

  const begin = (script: RunScript, request: Omit<RunRequest, 'sql'>) => {
    abort.current?.abort();
    abort.current = new AbortController();
    const buffers = new Map<number, RowBuffer>();
    const state = newRun(Date.now());
    dispatch({ type: 'begin', run: { script, level: request.level, state, buffers } });
    const listener = listenerOf(dispatch, buffers);
    void streamRun(place, { sql: script.sql, ...request }, listener, abort.current.signal);
  };

  const cancel = async () => {
    const id = run?.state.id;
    dispatch({ type: 'cancelling' });
    if (!id) {
      abort.current?.abort();
      return dispatch({ type: 'refused', error: cancelledEarly, at: Date.now() });
    }
    const problem = await cancelRun(id);
    if (problem) dispatch({ type: 'cancel_failed', message: problem.message });
  };

  return { run, begin, cancel };
}

const cancelledEarly = {
  code: 'cancelled',
  message: 'The run was cancelled before Howdah answered.',
  hint: 'The history says whether it had begun.',
};

function reduce(run: Run | null, action: RunAction | Begin): Run | null {
  if (action.type === 'begin') return action.run;
  return run && { ...run, state: reduceRun(run.state, action) };
}

/** Rows go to their buffer; everything else goes to the state. */
function listenerOf(dispatch: (action: RunAction) => void, buffers: Map<number, RowBuffer>): RunListener {
  let current = createRowBuffer();
  const onEvent = (event: QueryEvent) => {
    if (event.type === 'rows') return current.append(event.rows, event.cut);
    if (event.type === 'start') {
      current = createRowBuffer();
      buffers.set(event.statement, current);
    }
    if (event.type === 'done' || event.type === 'error') current.flush();
    dispatch({ type: 'event', event });
  };
  return {
    onEvent,
    onAccepted: (id) => dispatch({ type: 'accepted', id }),
    onRefused: (error) => dispatch({ type: 'refused', error, at: Date.now() }),
    onEnded: () => dispatch({ type: 'ended', at: Date.now() }),
    onLost: () => {
      current.flush();
      dispatch({ type: 'lost', at: Date.now() });
    },
  };
}
