import type { Estimate } from '../evaluation/evaluation.js';
import { countText, decimalText } from './figure-text.js';

const NO_BREAK_SPACE = '\u00a0';

/** How large amounts are written: `1.23 million`. */
const SCALES = [
  { from: 1e9, unit: 1e9, word: ' billion' },
  { from: 1e6, unit: 1e6, word: ' million' },
  { from: 1_000, unit: 1, word: '' },
] as const;

/** Minor units in one unit of a currency: 100 for EUR, 1 for JPY, 1,000 for KWD. */
export function minorUnits(currency: string): number {
  return 10 ** minorDigits(currency);
}

/** An amount for reading, the same in every locale: `19.95 EUR`, `168,228 EUR`, `1.23 million EUR`. */
export function moneyText(cents: number, currency: string): string {
  return withUnit(moneyFigure(cents, currency), '', currency);
}

/** An amount with its interval, in one scale: `168,228 EUR (151,425–182,333)`; "to" where a bound is negative. */
export function moneyEstimate({ value, low, high }: Estimate, currency: string): string {
  const { text, word } = writerFor([value, low, high], currency);
  const between = low < 0 || high < 0 ? ' to ' : '–';
  return `${withUnit(text(value), word, currency)} (${text(low)}${between}${text(high)})`;
}

/** An amount without its currency, for tables that name it once: `168,228`, `1.23 million`. */
export function moneyFigure(cents: number, currency: string): string {
  const { text, word } = writerFor([cents], currency);
  return `${text(cents)}${word}`;
}

/** Vega's format of an axis of amounts: `5M` and `200k` for large ones, `1,200` for small. */
export function amountFormat(typical: number): string {
  return Math.abs(typical) >= 10_000 ? '~s' : ',.2~f';
}

function withUnit(figure: string, word: string, currency: string): string {
  return `${figure}${word}${NO_BREAK_SPACE}${currency}`.replaceAll(' ', NO_BREAK_SPACE);
}

/** One scale for amounts that are read together: that of the largest. */
function writerFor(amounts: readonly number[], currency: string) {
  const units = minorUnits(currency);
  const largest = Math.max(...amounts.map((cents) => Math.abs(cents) / units));
  const scale = SCALES.find(({ from }) => largest >= from);
  const text = (cents: number): string => {
    if (scale === undefined) return decimalText(cents / units, minorDigits(currency));
    return scale.word === '' ? countText(cents / units) : decimalText(cents / units / scale.unit, 2);
  };
  return { text, word: scale?.word ?? '' };
}

function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}
