/** How well one indicator tells leavers from stayers at one time. */
export interface Discrimination {
  /** Rows with a value. */
  readonly leavers: number;
  readonly stayers: number;
  /** The chance that a leaver's value is above a stayer's; a tie counts one half. */
  readonly auc: number;
  /** Churn rate of the fifth of rows with the highest values ÷ that of all; ties count with their mean rate. */
  readonly liftHigh: number;
  /** The same of the fifth with the lowest values. */
  readonly liftLow: number;
  /**
   * What each row adds to the AUC when it is counted once more (its empirical influence, DeLong's "placements" in
   * another form): with row weights w in place of 1 the AUC is `auc + Σ w · pulls` to first order. They add up to 0;
   * a row without a value has 0.
   */
  readonly pulls: Float64Array;
}

const TOP_SHARE = 0.2;

/**
 * Compares the values of leavers and stayers; `NaN` is no value.
 *
 * @returns `null` without a value on either side
 * @see DeLong, DeLong and Clarke-Pearson (1988), Comparing the areas under two or more correlated ROC curves
 */
export function discriminate(values: Float64Array, isLeaver: Uint8Array): Discrimination | null {
  const levels = distinctLevels(values);
  const leaving = new Float64Array(levels.length);
  const staying = new Float64Array(levels.length);
  const levelOf = new Int32Array(values.length).fill(-1);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue;
    const level = placeOf(levels, values[row]!);
    levelOf[row] = level;
    (isLeaver[row] === 1 ? leaving : staying)[level]!++;
  }
  const leavers = leaving.reduce((sum, count) => sum + count, 0);
  const stayers = staying.reduce((sum, count) => sum + count, 0);
  if (leavers === 0 || stayers === 0) return null;
  const { auc, ofLeaver, ofStayer } = placements(leaving, staying, leavers, stayers);
  const pulls = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const level = levelOf[row]!;
    if (level < 0) continue;
    pulls[row] =
      isLeaver[row] === 1 ? (ofLeaver[level]! - auc) / leavers : (ofStayer[level]! - auc) / stayers;
  }
  return {
    leavers,
    stayers,
    auc,
    liftHigh: liftOfEnd(leaving.toReversed(), staying.toReversed(), leavers, stayers),
    liftLow: liftOfEnd(leaving, staying, leavers, stayers),
    pulls,
  };
}

/** The distinct values, rising; `NaN` left out. */
function distinctLevels(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
}

/** For each level, the share of the other side that a leaver stands above, and that a stayer stands below. */
function placements(leaving: Float64Array, staying: Float64Array, leavers: number, stayers: number) {
  const ofLeaver = new Float64Array(leaving.length);
  const ofStayer = new Float64Array(leaving.length);
  let leaversBelow = 0;
  let stayersBelow = 0;
  let pairs = 0;
  for (let level = 0; level < leaving.length; level++) {
    ofLeaver[level] = (stayersBelow + staying[level]! / 2) / stayers;
    ofStayer[level] = (leavers - leaversBelow - leaving[level]! / 2) / leavers;
    pairs += leaving[level]! * ofLeaver[level]!;
    leaversBelow += leaving[level]!;
    stayersBelow += staying[level]!;
  }
  return { auc: pairs / leavers, ofLeaver, ofStayer };
}

/** Lift of the fifth that comes first; of a level that straddles the border a part is taken with the rate of all of it. */
function liftOfEnd(leaving: Float64Array, staying: Float64Array, leavers: number, stayers: number): number {
  const rows = leavers + stayers;
  const wanted = Math.max(1, Math.round(TOP_SHARE * rows));
  let taken = 0;
  let found = 0;
  // Parts of a level need not add up to the last bit, so the levels end the walk as well.
  for (let level = 0; taken < wanted && level < leaving.length; level++) {
    const size = leaving[level]! + staying[level]!;
    const share = Math.min(1, (wanted - taken) / size);
    found += share * leaving[level]!;
    taken += share * size;
  }
  return (found * rows) / (wanted * leavers);
}

/** Place of a value among rising distinct values that hold it. */
function placeOf(levels: Float64Array, value: number): number {
  let from = 0;
  let to = levels.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (levels[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
