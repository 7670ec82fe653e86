import { bootstrap } from './bootstrap.mjs';

await bootstrap('scripts/build-app.ts');
