/**
 * Thresholds midway between neighbouring distinct numbers: between all of them when they fit into
 * `maxBins`, else where the bins come nearest to equal weight. A number that alone outweighs an average
 * bin gets its own, and the rest share what is left.
 *
 * @param weights one per value, `null` for all 1; missing values (`NaN`) have no part in it
 */
export function numberThresholds(
  values: Float64Array,
  weights: Float64Array | null,
  maxBins: number,
): Float64Array {
  const { distinct, weight } = weightedDistinct(values, weights);
  const ends = distinct.length <= maxBins ? [...distinct.keys()] : equalWeightEnds(weight, maxBins);
  const inner = ends.filter((end) => end < distinct.length - 1);
  return Float64Array.from(inner, (end) => thresholdBetween(distinct[end]!, distinct[end + 1]!));
}

/** The number of thresholds below the value: its bin. */
export function binOf(thresholds: Float64Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A finite threshold t with a <= t < b near the middle: the nearest single-precision number where it parts a and b,
 * also when these are rounded to single precision, so that models in float32 (as in ONNX) keep it as it is.
 */
export function thresholdBetween(a: number, b: number): number {
  const middle = a / 2 + b / 2;
  const single = Math.fround(middle);
  const parts = single >= Math.max(a, Math.fround(a)) && single < Math.min(b, Math.fround(b));
  return Math.max(parts ? single : middle >= a && middle < b ? middle : a, -Number.MAX_VALUE);
}

/** The distinct numbers in ascending order, and the training weight of each. */
function weightedDistinct(values: Float64Array, weights: Float64Array | null) {
  const sorted = withoutMissing(values).sort();
  const weight = new Float64Array(sorted.length);
  let count = 0;
  for (const value of sorted) {
    if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
    weight[count - 1]! += 1;
  }
  const distinct = sorted.subarray(0, count);
  if (weights) {
    weight.fill(0);
    for (let row = 0; row < values.length; row++) {
      if (!Number.isNaN(values[row]!)) weight[binOf(distinct, values[row]!)]! += weights[row]!;
    }
  }
  return { distinct, weight: weight.subarray(0, count) };
}

function withoutMissing(values: Float64Array): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]!)) present[count++] = values[row]!;
  }
  return present.subarray(0, count);
}

/** The index of each bin's last number, for at most `maxBins` bins of nearly equal weight. */
function equalWeightEnds(weight: Float64Array, maxBins: number): number[] {
  const isHeavy = heavyNumbers(weight, maxBins);
  let binsLeft = maxBins;
  let weightLeft = 0;
  weight.forEach((w, i) => {
    if (isHeavy[i]) binsLeft--;
    else weightLeft += w;
  });
  const ends: number[] = [];
  let filled = 0;
  weight.forEach((w, i) => {
    if (isHeavy[i]) {
      ends.push(i);
      filled = 0;
      return;
    }
    filled += w;
    weightLeft -= w;
    const isFull = filled * binsLeft >= filled + weightLeft;
    const nextIsHeavy = isHeavy[i + 1] === 1 && binsLeft > 1;
    if (!isFull && !nextIsHeavy) return;
    ends.push(i);
    filled = 0;
    binsLeft--;
  });
  return ends;
}

/** Marks numbers that weigh at least an average bin of those not yet marked. */
function heavyNumbers(weight: Float64Array, maxBins: number): Uint8Array {
  const heavy = new Uint8Array(weight.length);
  let lightWeight = weight.reduce((sum, w) => sum + w, 0);
  let binsLeft = maxBins;
  for (let found = true; found; ) {
    found = false;
    for (let i = 0; i < weight.length && binsLeft > 1; i++) {
      if (heavy[i] || weight[i]! * binsLeft < lightWeight) continue;
      heavy[i] = 1;
      lightWeight -= weight[i]!;
      binsLeft--;
      found = true;
    }
  }
  return heavy;
}
