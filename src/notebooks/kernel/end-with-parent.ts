import { Worker } from 'node:worker_threads';

/**
 * No kernel outlives who started it, not even while a cell loops: a thread of its own waits for the end of standard
 * input where that is a lifeline, else (Jupyter gives none) it looks every half second whether the parent is there,
 * and then kills the process with all that its cells have started.
 */
export function endWithParent(hasLifeline: boolean): void {
  const workerData = { parent: hasLifeline ? null : process.ppid };
  new Worker(new URL('./watch-parent.js', import.meta.url), { workerData, execArgv: [] }).unref();
}
