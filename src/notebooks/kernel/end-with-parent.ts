import { Worker } from 'node:worker_threads';

/**
 * No kernel outlives who started it, not even while a cell loops: a thread of its own waits for that and then kills the
 * process with all that its cells have started. Our runner gives it a lifeline, standard input, and a folder that goes
 * with it; Jupyter gives none (`null`), so it looks every half second whether the parent is there.
 */
export function endWithParent(runnerFolder: string | null): void {
  const workerData = { runnerFolder, parent: process.ppid };
  new Worker(new URL('./watch-parent.js', import.meta.url), { workerData, execArgv: [] }).unref();
}
