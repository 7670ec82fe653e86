import { bootstrap } from './bootstrap.mjs';

await bootstrap('scripts/versions.ts');
