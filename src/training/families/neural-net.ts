import { fitNeuralNet } from '../../models/neural-net/fit.js';
import { outOfFoldScores } from '../cross-fit.js';
import type { Family } from './family.js';

export interface NetSetting {
  readonly hiddenUnits: readonly number[];
  readonly epochs: number;
  readonly l2: number;
}

/** A small multilayer perceptron with embedded categories. */
export const neuralNetFamily: Family<NetSetting> = {
  name: 'neural-net',
  label: 'Neural net',
  settings: () => [
    { hiddenUnits: [16, 8], epochs: 20, l2: 1.5 },
    { hiddenUnits: [64, 32], epochs: 30, l2: 1.5 },
  ],
  describe: ({ hiddenUnits, epochs, l2 }) =>
    `hidden units ${hiddenUnits.join(' and ')}, ${epochs} epochs, weight decay ${l2}`,
  seconds: ({ rows, designWidth }, { epochs }) => 0.3 + epochs * rows * (2e-6 + designWidth * 1e-7),
  crossFit: async (set, setting, tools) => ({
    scores: await outOfFoldScores(set, tools, (train) =>
      fitNeuralNet(train, { ...setting, seed: tools.seed }),
    ),
    setting,
  }),
  fit: (train, setting, tools) => fitNeuralNet(train, { ...setting, seed: tools.seed }),
};
