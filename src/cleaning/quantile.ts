/**
 * The value below which a share of the sorted numbers lies, between neighbours in proportion (quantile
 * type 7, as R's and NumPy's default). `NaN` without numbers.
 *
 * @param share in [0, 1]
 */
export function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  const part = place - Math.floor(place);
  // In this form neither overflow nor rounding can leave [below, above].
  return below === above ? below : below * (1 - part) + above * part;
}
