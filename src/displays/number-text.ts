/** Digits that matter of the largest number of a column, and of one of its small ones. */
const LARGE_DIGITS = 3;
const SMALL_DIGITS = 2;
/** Decimals that small numbers may add to those that the largest needs. */
const MORE_DECIMALS = 2;
/** As many as `toFixed` is asked for. */
const MOST_DECIMALS = 20;
/** Beyond, zeros would be counted and not read. */
const LEAST_PLAIN = 1e-6;
const MOST_PLAIN = 1e15;

/**
 * Decimals in which a column of numbers reads well, the same for all of them: none for whole numbers; otherwise three
 * digits of the largest that matter and two of the small ones, and no more than the numbers have.
 */
export function columnDecimals(values: readonly number[]): number {
  const sizes = values
    .map(Math.abs)
    .filter((size) => size > 0 && size < MOST_PLAIN)
    .sort((a, b) => a - b);
  if (sizes.every(Number.isInteger)) return 0;
  const large = Math.max(0, decimalsFor(sizes.at(-1)!, LARGE_DIGITS));
  const small = decimalsFor(sizes[Math.floor(sizes.length / 10)]!, SMALL_DIGITS);
  return fewest(sizes, Math.max(large, Math.min(small, large + MORE_DECIMALS)));
}

/** Decimals that show so many digits of a number from its first one on; negative for large numbers. */
const decimalsFor = (size: number, digits: number): number =>
  Math.min(MOST_DECIMALS, digits - 1 - Math.floor(Math.log10(size)));

/** No more decimals than say something: 12.5 and 3.25 need two. */
function fewest(sizes: readonly number[], most: number): number {
  for (let decimals = 0; decimals < most; decimals++) {
    if (sizes.every((size) => Number(size.toFixed(decimals)) === size)) return decimals;
  }
  return most;
}

/** A share in percent needs one decimal, two where all are below one percent. */
export function percentDecimals(percents: readonly number[]): number {
  const plain = percents.filter(Number.isFinite).map(Math.abs);
  return plain.length > 0 && plain.every((percent) => percent < 1) ? 2 : 1;
}

/**
 * A number the same in every locale: thousands apart, a true minus, never a rounded 0 for what is not 0 (`<0.001`). An
 * exponent only where a row of zeros would stand: from 10¹⁵ on, and in columns of nothing but millionths.
 */
export function numberText(value: number, decimals: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size >= MOST_PLAIN || (size < LEAST_PLAIN && size > 0 && 10 ** -decimals < LEAST_PLAIN)) {
    return withMinus(value.toExponential(2).replace(/\.?0*e\+?/, 'e'));
  }
  const text = value.toFixed(decimals);
  const least = 10 ** -decimals;
  if (Number(text) === 0 && value !== 0 && decimals > 0) {
    return value > 0 ? `<${least.toFixed(decimals)}` : `>−${least.toFixed(decimals)}`;
  }
  const [whole, fraction] = (Number(text) === 0 ? text.replace('-', '') : text).split('.');
  return withMinus([groupThousands(whole!), ...(fraction === undefined ? [] : [fraction])].join('.'));
}

/** Whole numbers of any length, thousands apart. */
export const bigintText = (value: bigint): string => withMinus(groupThousands(value.toString()));

const groupThousands = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');
const withMinus = (text: string): string => text.replace(/^-/, '−');
