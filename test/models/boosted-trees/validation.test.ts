import { describe, expect, it } from 'vitest';
import { scoreLoss } from '../../../src/math/log-loss.js';
import { seededRandom } from '../../../src/math/random.js';
import { fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import { predictBoostedTrees } from '../../../src/models/boosted-trees/predict.js';
import { lawTrainingSet } from '../../laws/model-laws.js';

const train = lawTrainingSet(300, seededRandom(1));
const validation = lawTrainingSet(300, seededRandom(2));
const withoutValidation = { trees: 80, learningRate: 0.3, maxLeaves: 8, minLeafRows: 5 };
const options = { ...withoutValidation, validation };

describe('validation rows', () => {
  const full = fitBoostedTrees(train, options);

  it('give the mean log loss after every tree, and change no tree', () => {
    expect(full.validationLoss).toHaveLength(80);
    expect(fitBoostedTrees(train, withoutValidation)).toEqual({
      fitted: full.fitted,
      validationLoss: null,
    });
    for (const count of [1, 17, 80]) {
      const first = { ...full.fitted, trees: full.fitted.trees.slice(0, count) };
      const losses = predictBoostedTrees(first, validation.table).map((score, row) =>
        scoreLoss(score, validation.churned[row]!),
      );
      expect(full.validationLoss![count - 1]).toBeCloseTo(losses.reduce((a, b) => a + b) / 300, 12);
    }
  });

  it('end the growth when the loss has not fallen for `patience` trees, at the best tree', () => {
    const losses = full.validationLoss!;
    const best = losses.indexOf(Math.min(...losses)) + 1;
    const { fitted, validationLoss } = fitBoostedTrees(train, { ...options, patience: 10 });
    expect(best).toBeLessThan(60);
    expect(fitted.trees).toEqual(full.fitted.trees.slice(0, best));
    expect(validationLoss).toEqual(losses.slice(0, best + 10));
  });

  it('count by their weights', () => {
    const weights = Float64Array.from(validation.churned, (_, row) => row % 2);
    const even = fitBoostedTrees(train, { ...options, trees: 3, validation: { ...validation, weights } });
    const scores = predictBoostedTrees(even.fitted, validation.table);
    let total = 0;
    for (let row = 1; row < 300; row += 2) total += scoreLoss(scores[row]!, validation.churned[row]!);
    expect(even.validationLoss![2]).toBeCloseTo(total / 150, 12);
  });
});
