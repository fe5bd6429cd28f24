/** Accounts are drawn without putting back: how many of the draws are successes? */
export interface Hypergeometric {
  readonly population: number;
  /** Of the population, how many are successes. */
  readonly successes: number;
  readonly draws: number;
}

/** Where weights fall below this share of the largest one, they are dropped. */
const NEGLIGIBLE = 1e-15;
/** Logarithm of the largest odds that tilting takes. */
const MOST_LOG_ODDS = 60;
/** Halvings of the odds; the tilt need not be exact, only close. */
const HALVINGS = 40;

/** Weights of `from`, `from + 1`, …: a probability function, but for a factor. */
interface Weights {
  readonly from: number;
  readonly values: Float64Array;
}

/**
 * Chance that at least `atLeast` successes are drawn from independent urns, all together. With one urn this is Fisher's
 * (1922) exact test, one-sided; with one urn per stratum the exact conditional test of no association inside strata
 * (Birch 1964, the exact Mantel–Haenszel test).
 *
 * Accurate to some ten digits however small the chance is: the urns are tilted by common odds until `atLeast` is what is
 * expected, convolved there, and tilted back, so that no digit is lost far out in the tail.
 *
 * @example
 * hypergeometricTail([{ population: 8, successes: 4, draws: 4 }], 3); // 17 / 70, the lady tasting tea
 * @see Birch (1964), The detection of partial association, I: the 2 × 2 case, J. R. Statist. Soc. B 26, 313–324
 */
export function hypergeometricTail(urns: readonly Hypergeometric[], atLeast: number): number {
  const fewest = sumOf(urns, fewestOf);
  const most = sumOf(urns, mostOf);
  if (atLeast <= fewest) return 1;
  if (atLeast > most) return 0;
  const logOdds = tiltTowards(Math.min(atLeast, most - 0.5), urns);
  const starts = urns.map((urn) => Math.round(expected(urn, logOdds)));
  const tilted = urns.map((urn, i) => weightsAround(urn, starts[i]!, logOdds));
  const half = Math.ceil(urns.length / 2);
  const sum = tailOfSum(
    convolveAll(tilted.slice(0, half)),
    convolveAll(tilted.slice(half)),
    atLeast,
    logOdds,
  );
  const logStarts = sumOf(urns, (urn, i) => logProbability(urn, starts[i]!));
  const untilted = logOdds * (sumOf(starts, (start) => start) - atLeast);
  return Math.min(1, sum * Math.exp(logStarts + untilted));
}

const mostOf = ({ successes, draws }: Hypergeometric) => Math.min(successes, draws);
const fewestOf = ({ population, successes, draws }: Hypergeometric) =>
  Math.max(0, successes + draws - population);

/** Log odds, at least 0, under which about so many successes are expected. */
function tiltTowards(wanted: number, urns: readonly Hypergeometric[]): number {
  const total = (logOdds: number) => sumOf(urns, (urn) => expected(urn, logOdds));
  if (wanted <= total(0)) return 0;
  let [low, high] = [0, MOST_LOG_ODDS];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (total(middle) < wanted) low = middle;
    else high = middle;
  }
  return high;
}

/** Cornfield's (1956) approximation to the successes that are expected under odds; exact for odds of 1. */
function expected({ population, successes, draws }: Hypergeometric, logOdds: number): number {
  const against = Math.exp(-logOdds);
  const product = successes * draws;
  const linear = successes + draws - against * (successes + draws - population);
  if (product === 0) return 0;
  return (2 * product) / (linear + Math.sqrt(Math.max(0, linear ** 2 - 4 * (1 - against) * product)));
}

/** Chance of `x + 1` successes over that of `x`. */
function stepUp({ population, successes, draws }: Hypergeometric, x: number): number {
  return ((successes - x) * (draws - x)) / ((x + 1) * (population - successes - draws + x + 1));
}

/** Chances of all numbers of successes near `start`, tilted, as multiples of the chance of `start`. */
function weightsAround(urn: Hypergeometric, start: number, logOdds: number): Weights {
  const odds = Math.exp(logOdds);
  const above: number[] = [];
  for (let x = start, weight = 1; x < mostOf(urn); x++) {
    weight *= odds * stepUp(urn, x);
    if (weight < NEGLIGIBLE) break;
    above.push(weight);
  }
  const below: number[] = [];
  for (let x = start - 1, weight = 1; x >= fewestOf(urn); x--) {
    weight /= odds * stepUp(urn, x);
    if (weight < NEGLIGIBLE) break;
    below.push(weight);
  }
  return { from: start - below.length, values: Float64Array.from([...below.reverse(), 1, ...above]) };
}

/** Logarithm of the chance of exactly `x` successes: steps from the middle, whose chance is known. */
function logProbability(urn: Hypergeometric, x: number): number {
  const middle = Math.round(expected(urn, 0));
  let log = -Math.log(sumOf(weightsAround(urn, middle, 0).values, (weight) => weight));
  for (let at = middle; at < x; at++) log += Math.log(stepUp(urn, at));
  return log;
}

/** Two by two, so that long ones meet late. */
function convolveAll(all: readonly Weights[]): Weights {
  if (all.length === 0) return { from: 0, values: Float64Array.of(1) };
  if (all.length === 1) return all[0]!;
  const half = all.length >> 1;
  return convolve(convolveAll(all.slice(0, half)), convolveAll(all.slice(half)));
}

function convolve(a: Weights, b: Weights): Weights {
  const values = new Float64Array(a.values.length + b.values.length - 1);
  for (let i = 0; i < a.values.length; i++) {
    const factor = a.values[i]!;
    for (let j = 0; j < b.values.length; j++) values[i + j]! += factor * b.values[j]!;
  }
  return withoutNegligible({ from: a.from + b.from, values });
}

function withoutNegligible({ from, values }: Weights): Weights {
  const least = NEGLIGIBLE * values.reduce((most, value) => Math.max(most, value), 0);
  const first = values.findIndex((value) => value >= least);
  const last = values.findLastIndex((value) => value >= least);
  return { from: from + first, values: values.subarray(first, last + 1) };
}

/** Sum of `a(x) b(y) ÷ odds^(x + y − atLeast)` over all `x + y >= atLeast`; one pass, without convolving. */
function tailOfSum(a: Weights, b: Weights, atLeast: number, logOdds: number): number {
  const against = Math.exp(-logOdds);
  const tails = b.values.slice();
  for (let j = tails.length - 2; j >= 0; j--) tails[j]! += against * tails[j + 1]!;
  return sumOf(a.values, (weight, i) => {
    const needed = atLeast - (a.from + i) - b.from;
    if (needed >= tails.length) return 0;
    return weight * (needed >= 0 ? tails[needed]! : tails[0]! * against ** -needed);
  });
}

function sumOf<T>(items: ArrayLike<T>, value: (item: T, index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < items.length; i++) sum += value(items[i]!, i);
  return sum;
}
