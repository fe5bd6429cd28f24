import type { Random } from '../math/random.js';
import { weightedMean } from '../math/weighted-mean.js';
import { foldRows, stratifiedFolds } from '../splits/folds.js';
import { takeBytes, takeNumbers } from '../tables/table.js';
import { applyCalibrator, type CalibrationKind, fitCalibrator } from './calibrator.js';

/** How a kind of curve did on rows that it was not learned from. */
export interface TriedKind {
  readonly kind: CalibrationKind;
  /** Log loss of each row, in nats. */
  readonly losses: Float64Array;
}

/** Cross-validated log losses of each kind, all on the same folds. */
export function tryKinds(
  kinds: readonly CalibrationKind[],
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null,
  random: Random,
): TriedKind[] {
  const tried = kinds.map((kind) => ({ kind, losses: new Float64Array(scores.length) }));
  // Nothing is learned for `none`, so one fold without training rows will do.
  const folds = kinds.every((kind) => kind === 'none') ? 1 : foldsFor(scores.length);
  const fold = stratifiedFolds(churned, null, folds, random);
  for (let held = 0; held < folds; held++) {
    const { inside, outside } = foldRows(fold, held);
    const heldScores = takeNumbers(scores, inside);
    const own = {
      scores: takeNumbers(scores, outside),
      churned: takeBytes(churned, outside),
      weights: weights && takeNumbers(weights, outside),
    };
    for (const { kind, losses } of tried) {
      const curve = fitCalibrator(kind, own.scores, own.churned, own.weights);
      applyCalibrator(curve, heldScores).forEach((probability, i) => {
        losses[inside[i]!] = -Math.log(churned[inside[i]!] ? probability : 1 - probability);
      });
    }
  }
  return tried;
}

/** Half of many rows teach a curve nearly as much as nine tenths. */
function foldsFor(rows: number): number {
  if (rows >= 100_000) return 2;
  return rows >= 10_000 ? 5 : 10;
}

/**
 * The simplest kind that no other beats by more than one standard error of the paired differences.
 * Simulated at 300 rows, two standard errors kept scores that were far too bold, and none gave up calibrated
 * scores for noise.
 *
 * @param tried from the simplest on
 */
export function chooseKind(tried: readonly TriedKind[], weights: Float64Array | null): CalibrationKind {
  return tried.reduce((chosen, kind) => {
    const gains = chosen.losses.map((loss, row) => loss - kind.losses[row]!);
    const gain = weightedMean(gains, weights);
    const variance = weightedMean(
      gains.map((each) => (each - gain) ** 2),
      weights,
    );
    const rows = weights ? weights.reduce((sum, weight) => sum + weight, 0) : gains.length;
    return gain > Math.sqrt(variance / rows) ? kind : chosen;
  }).kind;
}
