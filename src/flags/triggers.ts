import { holm } from '../math/holm.js';
import type { Condition } from '../models/condition.js';
import { flagFigures } from './count-figures.js';
import { writeFlag } from './expression.js';
import { raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import type { TriggerFinding } from './ledger.js';

/**
 * Each condition by itself beside the base rate, the riskiest first: by the low end of the churn rate's interval, so
 * that few accounts do not lead by luck; equal ones in the order of their texts.
 *
 * @param conditions all that are looked at: the p-values are corrected for their number (Holm)
 * @throws ChurnError `missing-column` when the rows lack a feature of a condition
 * @example
 * const rows = { table, churned, snapshot: new Int32Array(table.rows) };
 * const { conditions } = parseFlag('days_since_login >= 14 and csat < 5 and overdue_days > 30');
 * const [riskiest] = findTriggers(conditions, rows);
 * console.log(riskiest?.expression, riskiest?.figures.rate);
 */
export function findTriggers(conditions: readonly Condition[], rows: FlagRows): TriggerFinding[] {
  const counted = conditions.map((condition) => {
    const flag = { conditions: [condition] };
    const figures = flagFigures(raisedBy(flag, rows.table), rows);
    return { condition, expression: writeFlag(flag), figures };
  });
  const correctedPs = holm(counted.map(({ figures }) => figures.p));
  return counted
    .map((finding, i) => ({ ...finding, correctedP: correctedPs[i]! }))
    .sort((a, b) => b.figures.low - a.figures.low || (a.expression < b.expression ? -1 : 1));
}
