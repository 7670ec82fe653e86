import { seedDemo } from '@/lib/run-enrol';
import { migrateStore } from '@/lib/store/migrate';
import { seedSettings } from './settings';

await migrateStore();
await seedDemo(seedSettings());
// The store's pool would keep the process for a while.
process.exit(0);
