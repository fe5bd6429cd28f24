import { fitLogistic } from '../../models/logistic/logistic.js';
import { outOfFoldScores } from '../cross-fit.js';
import type { Family } from './family.js';

export interface LogisticSetting {
  readonly l1: number;
  readonly l2: number;
}

/** Logistic regression with an elastic net, from nearly free to strongly held. */
export const logisticFamily: Family<LogisticSetting> = {
  name: 'logistic',
  label: 'Logistic regression',
  isYardstick: true,
  settings: () => [
    { l1: 0, l2: 0.001 },
    { l1: 0, l2: 0.01 },
    { l1: 0.002, l2: 0.001 },
    { l1: 0, l2: 0.1 },
    { l1: 0.01, l2: 0.01 },
  ],
  describe: ({ l1, l2 }) => `elastic net, l1 ${l1}, l2 ${l2}`,
  seconds: ({ rows, designWidth }) => 0.01 + rows * designWidth * (designWidth > 300 ? 2e-6 : 4e-7),
  crossFit: async (set, setting, tools) => ({
    scores: await outOfFoldScores(set, tools, (train) => fitLogistic(train, setting)),
    setting,
  }),
  fit: async (train, setting) => fitLogistic(train, setting),
};
