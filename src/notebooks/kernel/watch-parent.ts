/** The thread that `endWithParent` starts. */
import { rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { killGroup } from './kill-group.js';

const { runnerFolder, parent } = workerData as { runnerFolder: string | null; parent: number };

if (runnerFolder === null) {
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) killGroup(process.pid);
  }, 500);
} else {
  const end = (): void => {
    try {
      rmSync(runnerFolder, { recursive: true, force: true });
    } finally {
      killGroup(process.pid);
    }
  };
  new Socket({ fd: 0 }).on('error', end).on('close', end).resume();
}

/** Where the number of the parent stays when it has ended, as on Windows. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}
