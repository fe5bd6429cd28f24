import type { MetricDefinition } from '../metrics/metric.js';
import { countText, decimalText, percentText } from './figure-text.js';
import { minorUnits } from './money-text.js';

/** An axis label: thousands and more with a letter, smaller numbers as they are. */
export const NUMBER_LABEL = "format(datum.value, abs(datum.value) < 10000 ? ',.4~r' : '.3~s')";

/** An amount in minor units with its currency: `1,250 EUR`, below a hundred `12.50 EUR`. */
export function amountText(cents: number, currency: string): string {
  const units = minorUnits(currency);
  const amount = cents / units;
  const digits = Math.abs(amount) < 100 && units > 1 ? Math.round(Math.log10(units)) : 0;
  return `${digits > 0 ? decimalText(amount, digits) : countText(amount)}\u00a0${currency}`;
}

/** A metric's value in words' precision, with its unit. */
export function metricText(value: number, unit: MetricDefinition['unit'], currency: string): string {
  switch (unit) {
    case 'share':
      return percentText(value);
    case 'cents':
      return amountText(value, currency);
    case 'accounts':
      return countText(value);
    case 'points':
    case 'ratio':
    case 'count':
      return decimalText(value, Math.abs(value) >= 20 ? 0 : 2);
    default:
      return `${decimalText(value, Math.abs(value) >= 100 ? 0 : 1)}\u00a0${unit}`;
  }
}

/** A value with its interval, open ends named; `–` where it is not defined, or the end alone where it is infinite. */
export function metricFigureText(
  { value, low, high }: { value: number | null; low: number | null; high: number | null },
  unit: MetricDefinition['unit'],
  currency: string,
): string {
  const text = (figure: number) => metricText(figure, unit, currency);
  if (value === null) return low === null ? '–' : `${text(low)} or more`;
  const plain = (figure: number) => text(figure).replace(/\u00a0.*$/, '');
  if (low === null && high === null) return text(value);
  if (high === null) return `${text(value)} (${text(low!)} or more)`;
  if (low === null) return `${text(value)} (${text(high)} or less)`;
  return `${text(value)} (${plain(low)}${low < 0 || high < 0 ? ' to ' : '–'}${plain(high)})`;
}
