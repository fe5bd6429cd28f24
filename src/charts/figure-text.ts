import type { Estimate } from '../evaluation/evaluation.js';

const NO_BREAK_SPACE = '\u00a0';
const MINUS = '−';

/** A count with thousands apart: `7,043`. */
export function countText(count: number): string {
  return withMinus(
    Math.round(count)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, ','),
  );
}

/** A number with fixed decimals and a true minus: `0.850`, `−0.012`. */
export function decimalText(value: number, digits = 3): string {
  const text = value.toFixed(digits);
  return withMinus(Number(text) === 0 ? text.replace('-', '') : text);
}

/** A difference that shows its sign: `+0.012`, `−0.004`. */
export function signedText(value: number, digits = 3): string {
  const text = decimalText(value, digits);
  return Number(value.toFixed(digits)) > 0 ? `+${text}` : text;
}

/** A share in words' precision: `74 %`, `3.4 %`, `99.6 %`; never a rounded "0 %" or "100 %". */
export function percentText(share: number): string {
  return `${percentFigure(share)}${NO_BREAK_SPACE}%`;
}

/** An interval of shares: `70–78 %`. */
export function percentInterval({ low, high }: { low: number; high: number }): string {
  return `${percentFigure(low)}–${percentFigure(high)}${NO_BREAK_SPACE}%`;
}

/** A share with its interval: `74 % (70–78 %)`. */
export function percentEstimate(estimate: Estimate): string {
  return `${percentText(estimate.value)} (${percentInterval(estimate)})`;
}

/** A figure with its interval: `0.850 (0.831–0.869)`; "to" where a bound is negative. */
export function decimalEstimate({ value, low, high }: Estimate, digits = 3): string {
  const between = low < 0 || high < 0 ? ' to ' : '–';
  return `${decimalText(value, digits)} (${decimalText(low, digits)}${between}${decimalText(high, digits)})`;
}

/** A count with its interval: `41,200 (36,000–46,400)`. */
export function countEstimate({ value, low, high }: Estimate): string {
  const between = low < 0 || high < 0 ? ' to ' : '–';
  return `${countText(value)} (${countText(low)}${between}${countText(high)})`;
}

function percentFigure(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.05) return '<0.1';
  if (percent < 100 && percent >= 99.95) return '>99.9';
  const fine = Math.abs(percent) < 9.95 || (percent > 99 && percent < 100);
  return withMinus(percent.toFixed(fine ? 1 : 0).replace(/\.0$/, ''));
}

function withMinus(text: string): string {
  return text.replace('-', MINUS);
}
