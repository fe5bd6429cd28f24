import { inspect } from 'node:util';
import { minorUnits } from '../charts/money-text.js';
import { ChurnError } from '../errors.js';
import type { Estimate } from '../evaluation/evaluation.js';
import { dateWriter } from './date-text.js';
import type { DisplayOptions } from './display-options.js';
import { bigintText, columnDecimals, numberText, percentDecimals } from './number-text.js';
import { isEstimate } from './shapes.js';
import type { ShownColumn } from './shown-table.js';

/** A column's cells as texts, with its head. */
export interface CellTexts extends ShownColumn {
  readonly texts: readonly string[];
}

/** What a unit does to the numbers of a column. */
interface Unit {
  readonly factor: number;
  /** Behind each number. */
  readonly sign: string;
  /** Behind the column's name. */
  readonly inHead: string | null;
  readonly decimals: (numbers: readonly number[]) => number;
}

const PLAIN: Unit = { factor: 1, sign: '', inHead: null, decimals: columnDecimals };

/** Writes the cells of one column, which may be of any kind, so that they can be compared down the column. */
export function cellTexts(
  name: string,
  cells: readonly unknown[],
  { units = {}, digits = {} }: Pick<DisplayOptions, 'units' | 'digits'>,
): CellTexts {
  const unit = Object.hasOwn(units, name) ? readUnit(name, units[name]!) : PLAIN;
  const scaled = (value: number) => value * unit.factor;
  const numbers = cells.flatMap(numbersOf).map(scaled);
  const decimals = Object.hasOwn(digits, name) ? digits[name]! : unit.decimals(numbers);
  const isYears = /\byear\b/i.test(name) && numbers.every((value) => value >= 1000 && value < 10_000);
  const number = isYears ? String : (value: number) => numberText(scaled(value), decimals);
  const date = dateWriter(cells.filter((cell) => cell instanceof Date));
  const isNumeric = cells.some((cell) => numbersOf(cell).length > 0) && cells.every(isNumberOrMissing);
  return {
    title: unit.inHead === null ? name : `${name} (${unit.inHead})`,
    kind: isNumeric ? 'number' : 'text',
    texts: cells.map((cell) => cellText(cell, { number, date, sign: unit.sign })),
  };
}

/** Units as the options name them. */
function readUnit(column: string, unit: string): Unit {
  if (unit === 'percent') {
    return { factor: 100, sign: '\u00a0%', inHead: null, decimals: percentDecimals };
  }
  if (!unit.startsWith('cents:')) return { ...PLAIN, inHead: unit };
  const currency = unit.slice('cents:'.length);
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new ChurnError(
      'bad-option',
      `displayBundle: the unit of "${column}" needs a currency of three capital letters, as in cents:EUR, found "${unit}"`,
    );
  }
  const factor = 1 / minorUnits(currency);
  return { factor, sign: '', inHead: currency, decimals: () => Math.round(-Math.log10(factor)) };
}

interface Writers {
  readonly number: (value: number) => string;
  readonly date: (date: Date) => string;
  readonly sign: string;
}

function cellText(cell: unknown, { number, date, sign }: Writers): string {
  if (isMissing(cell)) return '–';
  if (typeof cell === 'number') return number(cell) + sign;
  if (typeof cell === 'bigint') return bigintText(cell);
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (cell instanceof Date) return date(cell);
  if (isEstimate(cell)) return estimateText(cell, number, sign);
  return inspect(cell, { depth: 1, breakLength: Number.POSITIVE_INFINITY, compact: true, colors: false });
}

/** `0.850 (0.831–0.869)`; "to" where an end is negative. */
function estimateText({ value, low, high }: Estimate, number: Writers['number'], sign: string): string {
  const between = low < 0 || high < 0 ? ' to ' : '–';
  return `${number(value)}${sign} (${number(low)}${between}${number(high)}${sign})`;
}

function numbersOf(cell: unknown): number[] {
  if (typeof cell === 'number') return Number.isNaN(cell) ? [] : [cell];
  if (typeof cell === 'bigint') return [Number(cell)];
  return isEstimate(cell) ? [cell.value, cell.low, cell.high] : [];
}

const isMissing = (cell: unknown): boolean =>
  cell === null || cell === undefined || (typeof cell === 'number' && Number.isNaN(cell));

const isNumberOrMissing = (cell: unknown): boolean => isMissing(cell) || numbersOf(cell).length > 0;
