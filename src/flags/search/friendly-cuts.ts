/** So few different values are all cut between: marks from 1 to 10. */
const FEW_VALUES = 10;

/** Where a number column is cut. */
export interface Cut {
  readonly threshold: number;
  /** `from`: the parts are below the threshold and at least it. `above`: at most it and above it. */
  readonly side: 'from' | 'above';
}

/** Numbers of days that people think in. */
const DAYS = [1, 2, 3, 7, 14, 21, 28, 30, 45, 60, 90, 120, 180, 270, 365, 730];

/**
 * Cuts of a number column at given shares of its rows, each moved to the roundest number nearby: a week's or month's
 * days where the column counts days, else few digits, fives before twos. Of whole numbers "more than ten" is as round
 * as "at least ten". Every cut parts the rows differently; a column of few values is cut between all of them.
 *
 * @param values without missing ones
 * @param options.leeway share of the rows by which a cut may move to a rounder number
 */
export function friendlyCuts(
  values: Float64Array,
  shares: readonly number[],
  { countsDays = false, leeway = 0.025 }: { countsDays?: boolean; leeway?: number } = {},
): Cut[] {
  const sorted = Float64Array.from(values).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length < 2) return [];
  const isWhole = distinct.every(Number.isInteger);
  const wanted =
    distinct.length <= FEW_VALUES
      ? [...distinct.slice(1)].map((value, i) => ({ below: distinct[i]!, goal: value, high: value }))
      : shares.map((share) => windowAround(sorted, distinct, share, isWhole, leeway));
  const cuts = new Map<number, Cut>();
  for (const window of wanted) {
    const cut = roundest(window, isWhole, countsDays);
    const place = firstInside(distinct, cut);
    if (place > 0 && place < distinct.length && !cuts.has(place)) cuts.set(place, cut);
  }
  return [...cuts.entries()].sort(([a], [b]) => a - b).map(([, cut]) => cut);
}

interface Window {
  /** A number that a cut may be above of, so that the number itself is on the lower side. */
  readonly below: number;
  readonly goal: number;
  readonly high: number;
}

/** The value at a share of the rows and how far a cut may move; a heap of equal values is cut on its nearer side. */
function windowAround(
  sorted: Float64Array,
  distinct: Float64Array,
  share: number,
  isWhole: boolean,
  leeway: number,
): Window {
  const at = (place: number) =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.floor(place * sorted.length)))]!;
  const goal = at(share);
  const heapFrom = firstAtLeast(sorted, goal) / sorted.length;
  const place = firstAtLeast(distinct, goal);
  const next = distinct[place + 1];
  const heapTo = next === undefined ? 1 : firstAtLeast(sorted, next) / sorted.length;
  if (heapTo - heapFrom > 2 * leeway) {
    const isLower = share - heapFrom <= heapTo - share || next === undefined;
    const near = isLower ? place : place + 1;
    return { below: distinct[Math.max(0, near - 1)]!, goal: distinct[near]!, high: distinct[near]! };
  }
  const low = at(share - leeway);
  return { below: isWhole ? low - 1 : low, goal, high: at(share + leeway) };
}

/** The roundest cut up to `high`, and of equally round ones the nearest to the goal. */
function roundest({ below, goal, high }: Window, isWhole: boolean, countsDays: boolean): Cut {
  const nearest = (numbers: readonly number[]): number =>
    numbers.reduce((best, number) => (Math.abs(number - goal) < Math.abs(best - goal) ? number : best));
  const cutAt = (number: number): Cut => {
    // Of whole numbers, above n is from n + 1 on.
    const isNearerAbove = isWhole && number + 1 <= goal;
    return { threshold: number, side: number === below || isNearerAbove ? 'above' : 'from' };
  };
  if (countsDays) {
    const days = DAYS.filter((day) => day >= below && day <= high);
    if (days.length > 0) return cutAt(nearest(days));
  }
  for (const step of steps(Math.max(Math.abs(below), Math.abs(high)))) {
    const first = Math.ceil(below / step);
    const last = Math.floor(high / step);
    if (first > last || (isWhole && step < 1)) continue;
    const multiples = Array.from({ length: Math.min(20, last - first + 1) }, (_, i) => (first + i) * step);
    return cutAt(Number(nearest(multiples).toPrecision(12)));
  }
  return { threshold: goal, side: 'from' };
}

/** Tens, fives, twos and ones of every size, from the largest below the magnitude down. */
function* steps(magnitude: number): Generator<number> {
  const largest = Math.ceil(Math.log10(magnitude || 1));
  for (let power = largest; power >= largest - 9; power--) {
    yield 10 ** power;
    yield 5 * 10 ** (power - 1);
    yield 2 * 10 ** (power - 1);
  }
}

/** How many of the distinct values are on the lower side of a cut. */
function firstInside(distinct: Float64Array, { threshold, side }: Cut): number {
  return side === 'from' ? firstAtLeast(distinct, threshold) : firstAbove(distinct, threshold);
}

/** Place of the first value that is at least the given one. */
function firstAtLeast(sorted: Float64Array, value: number): number {
  return firstWhere(sorted, (found) => found >= value);
}

/** Place of the first value above the given one. */
function firstAbove(sorted: Float64Array, value: number): number {
  return firstWhere(sorted, (found) => found > value);
}

function firstWhere(sorted: Float64Array, test: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(sorted[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
