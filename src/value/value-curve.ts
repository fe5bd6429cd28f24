import type { Estimate } from '../evaluation/evaluation.js';
import { type ChurnChange, changedChurn } from './churn-change.js';
import { customerBaseValueCents, type Scenario } from './scenario.js';

/** Present value of today's accounts at one monthly revenue churn. */
export interface ValuePoint {
  readonly monthlyChurn: number;
  readonly cents: number;
}

/** Present value of today's accounts against monthly revenue churn. */
export interface ValueCurve {
  /** Evenly spaced from no churn to beyond today's. */
  readonly points: readonly ValuePoint[];
  readonly today: ValuePoint;
  /** The interval of today's churn. */
  readonly churn: Estimate;
  readonly changes: readonly (ValuePoint & { readonly change: ChurnChange })[];
}

const STEPS = 60;
/** Where the curve ends when nobody leaves. */
const LEAST_END = 0.02;

/** The curve from no churn to twice today's, or beyond its interval where that is wider. */
export function valueCurveOf(scenario: Scenario, changes: readonly ChurnChange[]): ValueCurve {
  const churn = scenario.facts.monthlyRevenueChurn;
  const end = Math.min(1, Math.max(2 * churn.value, 1.1 * churn.high, LEAST_END));
  const pointAt = (monthlyChurn: number): ValuePoint => ({
    monthlyChurn,
    cents: customerBaseValueCents({ ...scenario, revenueChurn: monthlyChurn }),
  });
  return {
    points: Array.from({ length: STEPS + 1 }, (_, step) => pointAt((end * step) / STEPS)),
    today: pointAt(churn.value),
    churn,
    changes: changes.map((change) => ({ change, ...pointAt(changedChurn(churn.value, change)) })),
  };
}
