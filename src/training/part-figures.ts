import { logLossOf } from '../evaluation/log-loss.js';
import { wilsonInterval } from '../evaluation/reliability.js';
import { aucOf } from '../evaluation/roc.js';
import { riskLevels, type Tally, tallyLevels } from '../evaluation/tally.js';
import { bootstrap, percentileInterval } from '../math/bootstrap.js';
import type { Random } from '../math/random.js';
import { takeBytes, takeCodes, takeNumbers } from '../tables/table.js';
import type { PartFigures } from './company-card.js';

/** Enough for a side figure's interval. */
const RESAMPLES = 300;

/** Probabilities and outcomes of rows that may be looked at in parts. */
export interface JudgedRows {
  readonly probabilities: Float64Array;
  readonly churned: Uint8Array;
  /** The account of each row. */
  readonly accounts: Int32Array;
}

/**
 * Figures of some of the rows, with intervals over accounts. AUC and log loss need both outcomes and are `null`
 * otherwise; the rate's interval is then Wilson's, as the bootstrap cannot see what no row shows.
 */
export function partFigures(all: JudgedRows, rows: ArrayLike<number>, random: Random): PartFigures {
  const probabilities = takeNumbers(all.probabilities, rows);
  const churned = takeBytes(all.churned, rows);
  const accounts = takeCodes(all.accounts, rows);
  const count = churned.reduce((sum, y) => sum + y, 0);
  const figures = {
    rows: rows.length,
    accounts: new Set(accounts).size,
    churned: count,
    predicted: probabilities.reduce((sum, p) => sum + p, 0),
  };
  if (count === 0 || count === rows.length) {
    const value = rows.length === 0 ? 0 : count / rows.length;
    const interval = rows.length === 0 ? { low: 0, high: 1 } : wilsonInterval(value, rows.length);
    return { ...figures, rate: { value, ...interval }, auc: null, logLoss: null };
  }
  const levels = riskLevels(probabilities);
  const measure = (counts?: Uint8Array) => {
    const tally = tallyLevels(levels, churned, counts);
    return tally.totalChurned === 0 || tally.totalChurned === tally.totalWeight ? null : figuresOf(tally);
  };
  const full = measure()!;
  const resampled = bootstrap(rows.length, measure, { random, resamples: RESAMPLES, clusters: accounts });
  const estimate = (read: (of: typeof full) => number) => ({
    value: read(full),
    ...percentileInterval(resampled.map(read)),
  });
  return {
    ...figures,
    rate: estimate((of) => of.rate),
    auc: estimate((of) => of.auc),
    logLoss: estimate((of) => of.logLoss),
  };
}

function figuresOf(tally: Tally) {
  return { rate: tally.totalChurned / tally.totalWeight, auc: aucOf(tally), logLoss: logLossOf(tally) };
}
