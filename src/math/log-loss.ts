/** Probabilities nearer to 0 or 1 than this count as this near, so that one miss costs at most 36.04. */
const NEAREST = Number.EPSILON;

/**
 * Mean of −log(probability given to what happened), in nats; 0 is perfect, and the base rate r given to
 * everybody costs −r·log r − (1 − r)·log(1 − r).
 *
 * @param weights one per row, or `null` for all 1
 * @see scikit-learn `log_loss`, with which it agrees
 */
export function meanLogLoss(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
): number {
  let total = 0;
  let all = 0;
  for (let row = 0; row < churned.length; row++) {
    const weight = weights ? weights[row]! : 1;
    const given = churned[row] === 1 ? probabilities[row]! : 1 - probabilities[row]!;
    total -= weight * Math.log(Math.max(given, NEAREST));
    all += weight;
  }
  return total / all;
}

/** log(1 + e^score) without overflow: the log loss in nats of a stayer with this score. */
export function softplus(score: number): number {
  return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
}

/** Log loss in nats of one outcome (or a share of it, for smoothed targets) given a score in log-odds. */
export function scoreLoss(score: number, target: number): number {
  return softplus(score) - target * score;
}
