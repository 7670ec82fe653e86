import { startJobs } from '@/lib/start';

// Its timers do not keep a process alive, and the store may be away for a while.
setInterval(() => undefined, 2 ** 31 - 1);
startJobs();
