import { fitBaseRate } from '../../models/base-rate.js';
import { fitTrigger } from '../../models/trigger.js';
import { outOfFoldScores } from '../cross-fit.js';
import type { Family } from './family.js';

/** The yardstick: everybody leaves at the training rate. */
export const baseRateFamily: Family<null> = {
  name: 'base-rate',
  label: 'Base rate',
  isYardstick: true,
  settings: () => [null],
  describe: () => 'the training churn rate for every account',
  seconds: () => 0,
  crossFit: async (set, setting, tools) => ({
    scores: await outOfFoldScores(set, tools, fitBaseRate),
    setting,
  }),
  fit: async (train) => fitBaseRate(train),
};

/** The single condition that a person might use as an alarm. */
export const triggerFamily: Family<null> = {
  name: 'trigger',
  label: 'Best single trigger',
  isYardstick: true,
  settings: () => [null],
  describe: () => 'one condition on one column',
  seconds: ({ rows, columns }) => rows * columns * 7e-7,
  crossFit: async (set, setting, tools) => ({
    scores: await outOfFoldScores(set, tools, fitTrigger),
    setting,
  }),
  fit: async (train) => fitTrigger(train),
};
