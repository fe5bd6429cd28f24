/** A figure that is large where something is going on, and what chance alone makes of it. */
export interface Evidence {
  readonly observed: number;
  /** The same figure when nothing is going on, one for each resample; resample k is the same accounts in all of them. */
  readonly byChance: Float64Array;
}

/** Chance that anything at all is found where nothing is going on. */
const ERROR_RATE = 0.05;

/** A figure that varies by less, by chance, varies by rounding alone. */
const ROUNDING = 1e-9;

/**
 * Which of many figures stand out beyond doubt. The chance to be wrong about even one of them is 5 %, whatever they
 * have to do with each other: each is measured by its own 95 % quantile under chance, and must exceed what the largest
 * of all of them exceeds in 5 % of resamples. Where indicators say the same (counts over 7, 14 and 28 days), this asks
 * for less than Bonferroni or Holm.
 *
 * @see Westfall and Young (1993), Resampling-Based Multiple Testing
 * @see Beran (1988), Balanced simultaneous confidence sets
 */
export function standsOut(evidence: readonly Evidence[]): boolean[] {
  const units = evidence.map(({ byChance }) => upperQuantile(byChance));
  const resamples = evidence[0]?.byChance.length ?? 0;
  const largest = Float64Array.from({ length: resamples }, (_, resample) =>
    evidence.reduce((most, { byChance }, index) => {
      const unit = units[index]!;
      return unit > ROUNDING ? Math.max(most, byChance[resample]! / unit) : most;
    }, 0),
  );
  const limit = upperQuantile(largest);
  return evidence.map(({ observed }, index) => units[index]! > ROUNDING && observed > limit * units[index]!);
}

/** The smallest value that at most 5 % of the values exceed. */
function upperQuantile(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.ceil((1 - ERROR_RATE) * sorted.length) - 1] ?? 0;
}
