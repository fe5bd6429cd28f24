import type { UsualFeature } from '../cleaning/recipe.js';
import type { Contributions } from '../models/model.js';
import { type Column, columnNamed, type Table } from '../tables/table.js';

/** The usual value of every feature, by name: `usualValues(recipe)`. */
export type UsualValues = Readonly<Record<string, UsualFeature>>;

/** A feature's push on one account, in words. */
export interface Reason {
  readonly feature: string;
  /** Log-odds; positive raises the risk. */
  readonly push: number;
  /** "tenure is 2 (typical 29)". */
  readonly text: string;
}

/** Pushes smaller than this (log-odds) are not worth a word. */
const SMALLEST_PUSH = 0.05;

/**
 * Why a row's score differs from the baseline: its largest pushes in the direction of the difference,
 * largest first, at most `most`.
 */
export function reasonsFor(
  contributions: Contributions,
  table: Table,
  row: number,
  usual: UsualValues,
  most = 3,
): Reason[] {
  const { features, values } = contributions;
  const pushes = values.subarray(row * features.length, (row + 1) * features.length);
  const direction = Math.sign(pushes.reduce((sum, push) => sum + push, 0));
  return features
    .map((feature, i) => ({ feature, push: pushes[i]! }))
    .filter(({ push }) => push * direction >= SMALLEST_PUSH)
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
    .slice(0, most)
    .map(({ feature, push }) => ({
      feature,
      push,
      text: describeValue(columnNamed(table, feature), row, usual[feature]),
    }));
}

/** Reasons as one line: `higher because Contract is Month-to-month; tenure is 2 (typical 29)`. */
export function reasonsSentence(reasons: readonly Reason[]): string {
  if (reasons.length === 0) return 'nothing stands out';
  return `${reasons[0]!.push > 0 ? 'higher' : 'lower'} because ${reasons.map(({ text }) => text).join('; ')}`;
}

function describeValue(column: Column, row: number, usual: UsualFeature | undefined): string {
  if (column.kind === 'category') {
    const level = column.levels[column.codes[row]!];
    return level === undefined ? `${column.name} is missing` : `${column.name} is ${level}`;
  }
  const value = column.values[row]!;
  if (Number.isNaN(value)) return `${column.name} is missing`;
  const write = usual?.unit === 'date' ? formatDay : formatNumber;
  const aside = typeof usual?.typical === 'number' ? ` (typical ${write(usual.typical)})` : '';
  return `${column.name} is ${write(value)}${usual?.unit === 'days' ? ' days before' : ''}${aside}`;
}

/** Days since 1970 as a date. */
function formatDay(days: number): string {
  return new Date(Math.round(days * 86_400_000)).toISOString().slice(0, 10);
}

/** Four significant digits, thousands kept whole: 0.1235, 29.85, 1890, 12500. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));
}
