/**
 * Spearman's rank correlation over the rows in which both are known, ties with mean ranks; `NaN` with fewer than three
 * such rows or when one of the two is constant.
 */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const known = Int32Array.from(a.keys()).filter((i) => !Number.isNaN(a[i]!) && !Number.isNaN(b[i]!));
  if (known.length < 3) return Number.NaN;
  return pearson(
    ranks(Float64Array.from(known, (i) => a[i]!)),
    ranks(Float64Array.from(known, (i) => b[i]!)),
  );
}

function ranks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  const ranked = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let place = from; place < to; place++) ranked[order[place]!] = (from + to - 1) / 2;
    from = to;
  }
  return ranked;
}

function pearson(a: Float64Array, b: Float64Array): number {
  const middle = (a.length - 1) / 2;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - middle) * (b[i]! - middle);
    aa += (a[i]! - middle) ** 2;
    bb += (b[i]! - middle) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
