import type { CategoryColumn, NumberColumn, Table } from '../../tables/table.js';
import { logit } from '../model.js';
import type { Encoding, NumberEncoding } from './model.js';

/** A number column keeps all its values as knots up to this many, else that many quantiles. */
const MOST_KNOTS = 33;
/** Stretches of equal weight over which a ramp rises from 0 to 1. */
const RAMPS = 8;
/** Ranks nearer to 0 or 1 than this count as this near. */
const NEAREST_RANK = 0.01;
const MOST_DIMENSIONS = 8;

/**
 * Learns how each column enters the net, from the training rows alone.
 *
 * A number becomes its distance from the median in robust standard deviations (squashed beyond three),
 * the log-odds of its rank, a ramp for each eighth of the rows (Gorishniy et al. 2022), and, where cells
 * are missing, a flag. The first two are standardised; all are 0 on average and at a missing cell. A
 * category of n levels becomes an embedding of min(8, ⌈√n⌉) dimensions.
 *
 * @see https://arxiv.org/abs/2203.05556
 */
export function learnEncodings(table: Table, weights: Float64Array | null): Encoding[] {
  return table.columns.map((column) =>
    column.kind === 'number' ? learnNumber(column, weights) : learnCategory(column),
  );
}

function learnCategory({ levels }: CategoryColumn): Encoding {
  const dimensions = Math.min(MOST_DIMENSIONS, Math.ceil(Math.sqrt(Math.max(levels.length, 1))));
  return { kind: 'category', dimensions };
}

/** The distinct numbers of a column, ascending, and the weight at and below each. */
interface Distribution {
  readonly values: Float64Array;
  readonly weightTo: Float64Array;
  readonly total: number;
  /** Share of the weight on missing cells. */
  readonly missingShare: number;
}

function learnNumber({ values }: NumberColumn, weights: Float64Array | null): NumberEncoding {
  const spread = distributionOf(values, weights);
  const knots = chooseKnots(spread);
  const lines = linesOf(spread);
  const codes = Array.from(knots, (knot) => lines.map((line) => line(knot)));
  centre(spread, knots, codes);
  const missing = lines.map(() => 0);
  if (spread.missingShare > 0 && knots.length > 0) {
    for (const code of codes) code.push(-spread.missingShare);
    missing.push(1 - spread.missingShare);
  }
  return {
    kind: 'number',
    knots: [...knots],
    codes: codes.map((code) => code.map(nineDigits)),
    missing: missing.map(nineDigits),
  };
}

function distributionOf(column: Float64Array, weights: Float64Array | null): Distribution {
  const values = distinct(column.filter((value) => !Number.isNaN(value)).map(tamed));
  const weightTo = new Float64Array(values.length);
  let missing = 0;
  for (let row = 0; row < column.length; row++) {
    const weight = weights ? weights[row]! : 1;
    if (Number.isNaN(column[row]!)) missing += weight;
    else weightTo[locate(values, tamed(column[row]!))]! += weight;
  }
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    total += weightTo[index]!;
    weightTo[index] = total;
  }
  return { values, weightTo, total, missingShare: missing > 0 ? missing / (missing + total) : 0 };
}

function distinct(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  return sorted.filter((value, index) => index === 0 || value !== sorted[index - 1]);
}

/** Held within ±1e300, so that differences are finite; −0, which JSON does not know, becomes 0. */
function tamed(value: number): number {
  return Math.min(Math.max(value, -1e300), 1e300) + 0;
}

/** The smallest value with at least this share of the weight at or below it. */
function quantile({ values, weightTo, total }: Distribution, share: number): number {
  // The slack keeps weights that are not whole numbers from missing their own step by rounding.
  const wanted = share * total * (1 - 1e-12);
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weightTo[middle]! >= wanted) high = middle;
    else low = middle + 1;
  }
  return values[low]!;
}

function quantiles(spread: Distribution, parts: number): number[] {
  const all = Array.from({ length: parts + 1 }, (_, part) => quantile(spread, part / parts));
  return [...new Set(all)];
}

function chooseKnots(spread: Distribution): Float64Array {
  return spread.values.length <= MOST_KNOTS
    ? spread.values
    : Float64Array.from(quantiles(spread, MOST_KNOTS - 1));
}

type Line = (value: number) => number;

/** A column of one value or none keeps an input that is always 0; of two values the level says all. */
function linesOf(spread: Distribution): Line[] {
  if (spread.values.length < 2) return [() => 0];
  if (spread.values.length === 2) return [levelLine(spread)];
  return [levelLine(spread), rankLine(spread), ...rampLines(spread)];
}

/** Distance from the median in robust standard deviations, squashed to stay within ±3. */
function levelLine(spread: Distribution): Line {
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(spread, share)) as [
    number,
    number,
    number,
  ];
  const range = spread.values.at(-1)! - spread.values[0]!;
  const scale = high > low ? (high - low) / 1.349 : range / 2;
  return (value) => {
    const distance = Math.min(Math.max((value - median) / scale, -1e6), 1e6);
    return distance / Math.hypot(1, distance / 3);
  };
}

/** Log-odds of the share of rows below a value, half of those that have it included. */
function rankLine({ values, weightTo, total }: Distribution): Line {
  return (value) => {
    const index = values.indexOf(value);
    const below = index === 0 ? 0 : weightTo[index - 1]!;
    const rank = (below + weightTo[index]!) / 2 / total;
    return logit(Math.min(Math.max(rank, NEAREST_RANK), 1 - NEAREST_RANK));
  };
}

/** One per stretch between quantiles; a single one would repeat the level. */
function rampLines(spread: Distribution): Line[] {
  const corners = quantiles(spread, RAMPS);
  if (corners.length < 3) return [];
  return corners.slice(1).map((end, index) => {
    const start = corners[index]!;
    return (value) => Math.min(Math.max((value - start) / (end - start), 0), 1);
  });
}

/** Takes the mean out of every input and the deviation out of the first two, in place. */
function centre(spread: Distribution, knots: Float64Array, codes: number[][]): void {
  const means = new Float64Array(codes[0]?.length ?? 0);
  const squares = new Float64Array(means.length);
  spread.values.forEach((value, index) => {
    const share = (spread.weightTo[index]! - (spread.weightTo[index - 1] ?? 0)) / spread.total;
    const place = locate(knots, value);
    const here = codes[Math.floor(place)]!;
    const next = codes[Math.ceil(place)]!;
    for (let input = 0; input < means.length; input++) {
      const code = here[input]! + (place % 1) * (next[input]! - here[input]!);
      means[input]! += share * code;
      squares[input]! += share * code * code;
    }
  });
  for (const code of codes) {
    means.forEach((mean, input) => {
      const deviation = input < 2 ? Math.sqrt(Math.max(squares[input]! - mean * mean, 1e-12)) : 1;
      code[input] = (code[input]! - mean) / deviation;
    });
  }
}

/**
 * Where a value stands among knots: 2.25 is a quarter of the way from the third to the fourth. Beyond the
 * ends it is the first or the last; a missing value stands one after the last.
 */
export function locate(knots: Float64Array, value: number): number {
  const last = knots.length - 1;
  if (last < 0 || Number.isNaN(value)) return knots.length;
  if (value >= knots[last]!) return last;
  if (value <= knots[0]!) return 0;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (knots[middle]! <= value) low = middle;
    else high = middle;
  }
  const position = low + (value - knots[low]!) / (knots[high]! - knots[low]!);
  return Math.min(position, high);
}

/**
 * A table's cells as places, one list per feature: of a number among its knots (see `locate`), of a
 * category among its levels; missing comes after the last of them.
 */
export type LocatedColumns = readonly Float64Array[];

/** The places of all cells. The table must be aligned with the features. */
export function locateColumns(encodings: readonly Encoding[], table: Table): LocatedColumns {
  return table.columns.map((column, index) => {
    const encoding = encodings[index]!;
    if (column.kind === 'category') {
      return new Float64Array(column.codes).map((code) => (code < 0 ? column.levels.length : code));
    }
    const knots = new Float64Array((encoding as NumberEncoding).knots);
    return column.values.map((value) => locate(knots, value));
  });
}

/** Nine digits tell every float32 from its neighbours. */
export function nineDigits(value: number): number {
  // + 0 makes −0, which JSON does not know, to 0.
  return Number(value.toPrecision(9)) + 0;
}
