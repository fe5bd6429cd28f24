import { readFileSync } from 'node:fs';

/** Whether a process lives; one that has ended may wait for whoever takes its number back. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (fault) {
    return !['ESRCH', 'ENOENT'].includes((fault as NodeJS.ErrnoException).code!);
  }
}
