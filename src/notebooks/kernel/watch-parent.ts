/** The thread that {@link endWithParent} starts. */
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { killGroup } from './kill-group.js';

const { parent } = workerData as { parent: number | null };
const end = (): void => killGroup(process.pid);

if (parent === null) {
  new Socket({ fd: 0 }).on('error', end).on('close', end).resume();
} else {
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) end();
  }, 500);
}

/** Where the number of the parent stays when it has ended, as on Windows. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}
