import { type ChildProcess, spawn } from 'node:child_process';
import { inherit, root } from './settings';

export interface ChildOptions {
  /** Added to the environment of this process. */
  env?: Record<string, string | undefined>;
  /** Ends the child (SIGTERM) when aborted. */
  signal?: AbortSignal;
  /** A file's descriptor that takes what it prints, in place of our own output. */
  output?: number;
}

/** Runs a JavaScript program of Node in the project's folder, its output with ours if nothing else is said. Resolves to its exit code. */
export function runNode(args: string[], options: ChildOptions = {}): Promise<number> {
  const { output = 'inherit' } = options;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: inherit(options.env),
    stdio: ['ignore', output, output],
    ...(options.signal && { signal: options.signal }),
  });
  return exitOf(child);
}

/** Runs a TypeScript program of scripts/ as `runNode` does. */
export function runScript(script: string, options?: ChildOptions): Promise<number> {
  return runNode(['--conditions=react-server', '--import', 'tsx', script], options);
}

/** The exit code of a child; 1 when a signal ended it. Rejects when it could not be started. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (error.name === 'AbortError' ? resolve(1) : reject(error)));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
