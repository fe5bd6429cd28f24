/** Mean by weight; the plain mean for `null`. */
export function weightedMean(values: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  let all = 0;
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? weights[row]! : 1;
    sum += weight * values[row]!;
    all += weight;
  }
  return sum / all;
}
