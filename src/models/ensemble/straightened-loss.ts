import { scoreLoss } from '../../math/log-loss.js';
import { logit, sigmoid } from '../model.js';

/** A line from a score to better log-odds: `slope·score + intercept`. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** A step that promises less than this, in nats over all rows, is not taken but taken at its word. */
const LEAST_GAIN = 0.5;
const MOST_STEPS = 50;

/**
 * Total log loss of scores after the best rising line through them (Platt's curve): what they will be worth
 * once calibrated, however bold or timid they are now. Within a few hundredths of a nat of the minimum.
 *
 * @param start where the search begins; a near guess saves passes over the rows
 */
export function straightenedLoss(
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
  start: Line,
): { line: Line; loss: number } {
  let line = start;
  let here = lossAndStep(line, scores, churned, weights);
  for (let steps = 0; steps < MOST_STEPS && here.gain > LEAST_GAIN; steps++) {
    const next = halveUntilLower(line, here, scores, churned, weights);
    if (!next) break;
    ({ line, here } = next);
  }
  if (line.slope >= 0) return { line, loss: here.loss - here.gain };
  const level: Line = { slope: 0, intercept: logit(here.rate) };
  return { line: level, loss: lossAndStep(level, scores, churned, weights).loss };
}

interface LossAndStep {
  readonly loss: number;
  /** Churn rate of the rows. */
  readonly rate: number;
  /** Newton's step, and the fall of the loss that it promises. */
  readonly step: Line;
  readonly gain: number;
}

function halveUntilLower(
  line: Line,
  { loss, step }: LossAndStep,
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
): { line: Line; here: LossAndStep } | null {
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = {
      slope: line.slope + share * step.slope,
      intercept: line.intercept + share * step.intercept,
    };
    const there = lossAndStep(next, scores, churned, weights);
    if (there.loss < loss) return { line: next, here: there };
  }
  return null;
}

/** One pass over the rows: the loss, its derivatives, and Newton's step from them. */
function lossAndStep(
  { slope, intercept }: Line,
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
): LossAndStep {
  let [loss, rows, leavers, s0, s1, c00, c01, c11] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let row = 0; row < scores.length; row++) {
    const weight = weights ? weights[row]! : 1;
    const score = scores[row]!;
    const straightened = slope * score + intercept;
    const p = sigmoid(straightened);
    const residual = weight * (p - churned[row]!);
    const curvature = weight * p * (1 - p);
    loss += weight * scoreLoss(straightened, churned[row]!);
    rows += weight;
    leavers += weight * churned[row]!;
    s0 += residual;
    s1 += residual * score;
    c00 += curvature;
    c01 += curvature * score;
    c11 += curvature * score * score;
  }
  // The trace of ridge keeps the step finite where scores do not vary or all chances are certain.
  const ridge = 1e-9 * rows;
  const [a, d] = [c00 + ridge, c11 + ridge];
  const determinant = a * d - c01 * c01;
  const step = { slope: (c01 * s0 - a * s1) / determinant, intercept: (c01 * s1 - d * s0) / determinant };
  return { loss, rate: leavers / rows, step, gain: -(step.slope * s1 + step.intercept * s0) / 2 };
}
