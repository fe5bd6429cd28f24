import { expect, it } from 'vitest';
import { train } from '../../src/training/train.js';
import { flagWorld } from './flag-world.js';

const WORLDS = 30;

it('is right inside the flags that it finds, on held-back rows of 30 worlds, and loses no AUC', async () => {
  let [flags, right, rightBefore, gain, loss] = [0, 0, 0, 0, 0];
  const errors: number[] = [];
  for (let seed = 1; seed <= WORLDS; seed++) {
    const { card } = await train(flagWorld(8_000, 100 + seed), {
      target: 'churned',
      id: 'id',
      seed,
      timeBudgetSeconds: 1,
    });
    const chosen = card.candidates.find(({ name }) => name === card.chosen)!;
    gain += (card.evaluation.auc.value - chosen.heldBack.auc.value) / WORLDS;
    loss += (card.evaluation.logLoss.value - chosen.heldBack.logLoss.value) / WORLDS;
    for (const { kind, meanBefore, meanAfter, rate, agrees, rows } of card.insideFlags) {
      if (kind !== 'flag') continue;
      flags++;
      if (agrees) right++;
      if (rate.low <= meanBefore && meanBefore <= rate.high) rightBefore++;
      errors.push((rate.value - meanAfter) / Math.sqrt((meanAfter * (1 - meanAfter)) / rows));
    }
  }
  const mean = errors.reduce((sum, error) => sum + error, 0) / flags;
  console.log(
    `${flags} flags in ${WORLDS} worlds: right inside ${right}, before the shifts ${rightBefore}; ` +
      `mean error ${mean.toFixed(2)} standard errors; AUC ${gain.toFixed(4)}, log loss ${loss.toFixed(4)}`,
  );
  expect(flags).toBeGreaterThan(15);
  // 95 % less what the shift's own error costs where it is learned from four times the rows.
  expect(right / flags).toBeGreaterThan(0.82);
  expect(rightBefore).toBeLessThan(right - 5);
  expect(gain).toBeGreaterThan(0);
  expect(loss).toBeLessThan(0);
});
