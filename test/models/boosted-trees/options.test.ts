import { expect, it } from 'vitest';
import { fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import { type BoostedTreesOptions, treeSettings } from '../../../src/models/boosted-trees/options.js';
import { coarseTable } from './reference-data.js';

it('refuses a setting outside its limits, naming it', () => {
  const wrong: BoostedTreesOptions[] = [
    { trees: 0 },
    { trees: 2.5 },
    { learningRate: 0 },
    { learningRate: Number.NaN },
    { maxLeaves: 1 },
    { maxDepth: 31 },
    { l2: -1 },
    { rowShare: 1.01 },
    { maxBins: 256 },
    { patience: 0 },
  ];
  for (const options of wrong) {
    const [name] = Object.keys(options);
    expect(() => treeSettings(options), name).toThrow(
      expect.objectContaining({ code: 'bad-option', message: expect.stringContaining(`${name} must be`) }),
    );
  }
});

it('refuses weights that are negative or not finite, and validation rows of the wrong length', () => {
  const train = coarseTable(50);
  for (const weight of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    const weights = new Float64Array(50).fill(1).with(7, weight);
    expect(() => fitBoostedTrees({ ...train, weights })).toThrow(/weights .* in row 7/);
  }
  const validation = { ...train, churned: new Uint8Array(49) };
  expect(() => fitBoostedTrees(train, { validation })).toThrow(
    expect.objectContaining({ code: 'bad-table', message: expect.stringContaining('49 outcomes') }),
  );
});
