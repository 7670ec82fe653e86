import * as monaco from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/pgsql/register';
import { pgsqlLanguage } from './pgsql-language';

/** Monaco comes from our own origin, its worker included. */
self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), { type: 'module' }),
};

monaco.languages.setMonarchTokensProvider('pgsql', pgsqlLanguage);

export { monaco };
