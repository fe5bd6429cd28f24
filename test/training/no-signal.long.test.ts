import { expect, it } from 'vitest';
import { trainOnNoise } from './noise-tables.js';

const TABLES = 200;

it('says "no signal" of at least 95 % of 200 tables with shuffled outcomes', async () => {
  let alarms = 0;
  for (let seed = 1; seed <= TABLES; seed++) {
    const { verdict } = await trainOnNoise(60 + 4 * (seed % 50), 1000 + seed);
    if (verdict.kind === 'signal') alarms++;
  }
  const [low, high] = exactInterval(alarms, TABLES);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    `"signal" for ${alarms} of ${TABLES} tables of noise: ${percent(alarms / TABLES)} ` +
      `(exact 95 % interval ${percent(low)} to ${percent(high)})`,
  );
  expect(alarms / TABLES).toBeLessThanOrEqual(0.05);
});

/** Clopper and Pearson's interval of a share, by bisection on the binomial distribution. */
function exactInterval(hits: number, trials: number): [number, number] {
  const low = hits === 0 ? 0 : bisect((share) => 1 - atMost(hits - 1, trials, share) < 0.025);
  const high = hits === trials ? 1 : bisect((share) => atMost(hits, trials, share) > 0.025);
  return [low, high];
}

/** The share at which a condition that holds from 0 on ceases to hold. */
function bisect(holds: (share: number) => boolean): number {
  let [from, to] = [0, 1];
  for (let i = 0; i < 60; i++) {
    const middle = (from + to) / 2;
    if (holds(middle)) from = middle;
    else to = middle;
  }
  return from;
}

/** Chance of at most so many hits. */
function atMost(hits: number, trials: number, share: number): number {
  let logTerm = trials * Math.log1p(-share);
  let sum = Math.exp(logTerm);
  for (let k = 1; k <= hits; k++) {
    logTerm += Math.log((trials - k + 1) / k) + Math.log(share) - Math.log1p(-share);
    sum += Math.exp(logTerm);
  }
  return sum;
}
