/** Neighbouring rows that share one fitted value. */
export interface Block {
  /** Weighted mean of the rows' scores. */
  readonly score: number;
  /** Weighted mean of the rows' outcomes. */
  readonly value: number;
  readonly weight: number;
}

/**
 * Isotonic regression: the rising step function of least weighted squared distance to the outcomes. Rows of
 * equal score are one block from the start; rows of weight 0 belong to none.
 *
 * @returns blocks in ascending order of score, their values strictly ascending
 * @see scikit-learn `IsotonicRegression`, with whose fitted values they agree
 */
export function poolAdjacentViolators(
  scores: Float64Array,
  outcomes: Uint8Array,
  weights: Float64Array | null,
): Block[] {
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  const points: Block[] = [];
  let last: Block | null = null;
  for (const row of order) {
    const block: Block = { score: scores[row]!, value: outcomes[row]!, weight: weights ? weights[row]! : 1 };
    if (block.weight === 0) continue;
    if (last?.score === block.score) {
      last = points[points.length - 1] = merge(last, block);
    } else {
      points.push(block);
      last = block;
    }
  }
  return poolBlocks(points);
}

/** Merges neighbours until values ascend. */
export function poolBlocks(blocks: readonly Block[]): Block[] {
  const pooled: Block[] = [];
  for (const block of blocks) {
    let last = block;
    while (pooled.length > 0 && pooled.at(-1)!.value >= last.value) last = merge(pooled.pop()!, last);
    pooled.push(last);
  }
  return pooled;
}

function merge(a: Block, b: Block): Block {
  const weight = a.weight + b.weight;
  return {
    score: a.score === b.score ? a.score : (a.score * a.weight + b.score * b.weight) / weight,
    value: (a.value * a.weight + b.value * b.weight) / weight,
    weight,
  };
}
