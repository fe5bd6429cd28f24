import { type Recipe, usualValues } from '../cleaning/recipe.js';
import { reasonsFor } from '../explanation/reasons.js';
import type { Ledger } from '../flags/ledger.js';
import { takeRows } from '../tables/table.js';
import type { Card } from './card.js';
import { type ChurnModel, explainChurn, predictChurn } from './churn-model.js';
import { flagsOfRows } from './group-calibration.js';
import type { LearningSet } from './learning-sets.js';

const MOST_ACCOUNTS = 20;

/** The riskiest accounts of the set with their reasons and flags, riskiest first; ties in row order. */
export function topAccounts(
  model: ChurnModel,
  set: LearningSet,
  recipe: Recipe,
  ledger: Ledger | null,
): Card['topAccounts'] {
  const probabilities = predictChurn(model, set.table);
  const rows = Array.from(probabilities.keys())
    .sort((a, b) => probabilities[b]! - probabilities[a]! || a - b)
    .slice(0, MOST_ACCOUNTS);
  const table = takeRows(set.table, rows);
  const contributions = explainChurn(model, table);
  const usual = usualValues(recipe);
  const flags = flagsOfRows(ledger, table);
  return rows.map((row, i) => ({
    id: set.ids[row]!,
    churnProbability: probabilities[row]!,
    churned: set.churned[row] === 1 ? 1 : 0,
    reasons: reasonsFor(contributions, table, i, usual),
    flags: flags[i]!,
  }));
}
