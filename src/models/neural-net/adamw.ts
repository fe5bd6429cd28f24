/** Numbers that are learned together. */
export interface Parameters {
  readonly values: Float32Array;
  /** Whether weight decay applies. */
  readonly decays: boolean;
}

const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const TINY = 1e-8;

/**
 * AdamW: Adam with the weight decay apart from the gradient. The answer moves the parameters in place.
 *
 * @see Loshchilov & Hutter 2019, https://arxiv.org/abs/1711.05101
 */
export function startAdamW(groups: readonly Parameters[]) {
  const means = groups.map(({ values }) => new Float64Array(values.length));
  const squares = groups.map(({ values }) => new Float64Array(values.length));
  let meanLeft = 1;
  let squareLeft = 1;

  /** @param gradients one per group */
  return (gradients: readonly Float32Array[], learningRate: number, l2: number): void => {
    meanLeft *= MEAN_DECAY;
    squareLeft *= SQUARE_DECAY;
    const pace = learningRate / (1 - meanLeft);
    groups.forEach(({ values, decays }, group) => {
      const gradient = gradients[group]!;
      const mean = means[group]!;
      const square = squares[group]!;
      const kept = decays ? 1 - learningRate * l2 : 1;
      for (let i = 0; i < values.length; i++) {
        const slope = gradient[i]!;
        mean[i] = MEAN_DECAY * mean[i]! + (1 - MEAN_DECAY) * slope;
        square[i] = SQUARE_DECAY * square[i]! + (1 - SQUARE_DECAY) * slope * slope;
        const step = (pace * mean[i]!) / (Math.sqrt(square[i]! / (1 - squareLeft)) + TINY);
        values[i] = kept * values[i]! - step;
      }
    });
  };
}
