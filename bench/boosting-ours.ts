import { writeFileSync } from 'node:fs';
import { type BoostedTreesOptions, fitBoostedTrees } from '../src/models/boosted-trees/fit.js';
import { predictBoostedTrees } from '../src/models/boosted-trees/predict.js';
import { sigmoid } from '../src/models/model.js';
import type { BoostingJob } from './boosting.js';
import { readCase } from './boosting-data.js';
import { peakMegabytes, resetPeak, residentMegabytes } from './memory.js';

/** One fit of ours in a process of its own: a job in the first argument, its cost as JSON on standard output. */
async function main(): Promise<void> {
  const job: BoostingJob = JSON.parse(process.argv[2]!);
  const { train, test } = readCase(job.folder, job.rows);
  globalThis.gc?.();
  resetPeak();
  const inputMegabytes = residentMegabytes();
  const cpuBefore = process.cpuUsage();
  const [fit, fitSeconds] = await timed(() =>
    fitBoostedTrees({ ...train, weights: null }, job.settings satisfies BoostedTreesOptions),
  );
  const peakMemory = peakMegabytes() - inputMegabytes;
  const { user, system } = process.cpuUsage(cpuBefore);
  const [p, predictSeconds] = await timed(() => predictBoostedTrees(fit.fitted, test.table).map(sigmoid));
  writeFileSync(job.probabilities, p);
  console.log(
    JSON.stringify({
      fitSeconds,
      cpuSeconds: (user + system) / 1e6,
      predictSeconds,
      peakMegabytes: peakMemory,
    }),
  );
}

async function timed<T>(work: () => T | Promise<T>): Promise<[T, number]> {
  const started = process.hrtime.bigint();
  const result = await work();
  return [result, Number(process.hrtime.bigint() - started) / 1e9];
}

await main();
