import { contributionsBaseRate } from '../models/base-rate.js';
import type { FittedModel } from '../models/fitted-model.js';
import { contributionsLogistic } from '../models/logistic/predict.js';
import type { Contributions } from '../models/model.js';
import { contributionsNeuralNet } from '../models/neural-net/contributions.js';
import { contributionsTrigger } from '../models/trigger.js';
import type { Table } from '../tables/table.js';
import { contributionsBoostedTrees } from './tree-shap.js';

/**
 * Each feature's push on each row's score. Linear for logistic regression, path-dependent TreeSHAP for
 * trees, approximate for a neural net; in all of them pushes and baseline sum to the score.
 *
 * @example
 * const { features, baseline, values } = contributionsFitted(trees, table);
 * const firstRow = values.subarray(0, features.length); // sums, with `baseline`, to the first row's score
 */
export function contributionsFitted(fitted: FittedModel, table: Table): Contributions {
  switch (fitted.kind) {
    case 'base-rate':
      return contributionsBaseRate(fitted, table);
    case 'trigger':
      return contributionsTrigger(fitted, table);
    case 'logistic':
      return contributionsLogistic(fitted, table);
    case 'boosted-trees':
      return contributionsBoostedTrees(fitted, table);
    case 'neural-net':
      return contributionsNeuralNet(fitted, table);
  }
}
