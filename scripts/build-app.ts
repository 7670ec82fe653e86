import { buildApp } from './build';

console.log((await buildApp()) ? 'Built.' : 'The last build is of these sources.');
