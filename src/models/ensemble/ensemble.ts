import { ChurnError } from '../../errors.js';
import { scoreLoss } from '../../math/log-loss.js';

/** A model's scores (log-odds) of rows that it did not learn from. */
export interface EnsembleCandidate {
  readonly name: string;
  readonly scores: Float64Array;
}

/** How much each candidate weighs; weights sum to 1, 0 for those left out. */
export interface EnsembleChoice {
  readonly weights: readonly { readonly name: string; readonly weight: number }[];
  /** Mean log loss of the weighted mean score on the given rows. */
  readonly logLoss: number;
}

/** Picks; weights are multiples of one in this many. */
const ROUNDS = 25;

/**
 * Greedy selection with replacement: starting from the best candidate, the one that lowers the log loss of
 * the mean score most is added again and again; the best round counts. The mean is of scores and not of
 * probabilities, so that pushes on the score add up over members.
 *
 * Weights are learned on the same rows that judge them. Against that, every member beyond the first must
 * lower the total log loss by more than 1 (Akaike's price of a free parameter), or the weakest is dropped
 * and the selection made again without it; so on few rows a single model is likely to stand alone.
 *
 * @throws ChurnError `bad-table` without candidates or when lengths differ
 * @see Caruana, Niculescu-Mizil, Crew & Ksikes (2004), Ensemble selection from libraries of models
 *
 * @example
 * selectEnsemble([{ name: 'trees', scores: a }, { name: 'logistic', scores: b }], churned).weights;
 */
export function selectEnsemble(
  candidates: readonly EnsembleCandidate[],
  churned: Uint8Array,
): EnsembleChoice {
  if (candidates.length === 0 || candidates.some(({ scores }) => scores.length !== churned.length)) {
    throw new ChurnError(
      'bad-table',
      `selectEnsemble: ${candidates.length} candidates with ${candidates.map(({ scores }) => scores.length).join(', ')} ` +
        `scores for ${churned.length} outcomes; at least one candidate and one score a row are needed`,
    );
  }
  let kept = [...candidates];
  let best = selectGreedily(kept, churned);
  for (;;) {
    const members = kept.filter((_, i) => best.counts[i]! > 0);
    if (members.length < 2) break;
    const without = members.map((left) =>
      selectGreedily(
        members.filter((member) => member !== left),
        churned,
      ),
    );
    const cheapest = without.reduce((low, choice, i) => (choice.loss < without[low]!.loss ? i : low), 0);
    if (without[cheapest]!.loss - best.loss > 1) break;
    kept = members.filter((_, i) => i !== cheapest);
    best = without[cheapest]!;
  }
  const total = best.counts.reduce((sum, count) => sum + count, 0);
  const weightOf = (candidate: EnsembleCandidate) => (best.counts[kept.indexOf(candidate)] ?? 0) / total;
  return {
    weights: candidates.map((candidate) => ({ name: candidate.name, weight: weightOf(candidate) })),
    logLoss: best.loss / churned.length,
  };
}

/** Picks of each candidate, and the total log loss of their mean score. */
interface Selection {
  readonly counts: readonly number[];
  readonly loss: number;
}

function selectGreedily(candidates: readonly EnsembleCandidate[], churned: Uint8Array): Selection {
  const sum = new Float64Array(churned.length);
  const counts = candidates.map(() => 0);
  let best: Selection = { counts, loss: Infinity };
  for (let round = 1; round <= ROUNDS; round++) {
    const losses = candidates.map(({ scores }) => totalLoss(sum, scores, round, churned));
    const pick = losses.reduce((low, loss, i) => (loss < losses[low]! ? i : low), 0);
    counts[pick]!++;
    for (let row = 0; row < sum.length; row++) sum[row]! += candidates[pick]!.scores[row]!;
    if (losses[pick]! < best.loss) best = { counts: [...counts], loss: losses[pick]! };
  }
  return best;
}

/** Total log loss of `(sum + scores) / count`. */
function totalLoss(sum: Float64Array, scores: Float64Array, count: number, churned: Uint8Array): number {
  let total = 0;
  for (let row = 0; row < sum.length; row++)
    total += scoreLoss((sum[row]! + scores[row]!) / count, churned[row]!);
  return total;
}

/** Weighted sum of the members' scores, row by row. */
export function combineScores(weights: readonly number[], scores: readonly Float64Array[]): Float64Array {
  const combined = new Float64Array(scores[0]?.length ?? 0);
  scores.forEach((member, i) => {
    for (let row = 0; row < combined.length; row++) combined[row]! += weights[i]! * member[row]!;
  });
  return combined;
}
