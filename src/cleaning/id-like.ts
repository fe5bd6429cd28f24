import { nameTokens } from './name-tokens.js';

const fewestCells = 20;
const distinctShare = 0.999;
const idWords = new Set(['id', 'ids', 'uuid', 'guid', 'key', 'index', 'idx', 'no', 'nr', 'number', 'rownum']);
const joinedId = /^(?:user|customer|client|account|member|subscriber|record|row)(?:id|no|nr|num|number)$/;

/** Whether a name ends like an id's: `customerID`, `account_number`, `RowNumber`, `userid`. */
export function namesAnId(name: string): boolean {
  const last = nameTokens(name).at(-1) ?? '';
  return idWords.has(last) || joinedId.test(last);
}

/** Whether so many of a column's cells differ that it may name rows rather than describe them. */
export function areNearlyDistinct(distinct: number, cells: number): boolean {
  return cells >= fewestCells && distinct >= distinctShare * cells;
}

/**
 * Whether all-distinct numbers name rows: whole numbers that only rise or only fall through the file (a row
 * count), or whose column's name ends like an id's. A salary that happens to be distinct is none.
 *
 * @param values in file order, `NaN` missing
 */
export function areIdNumbers(name: string, values: Float64Array): boolean {
  const present = values.filter((value) => !Number.isNaN(value));
  return present.every(Number.isInteger) && (namesAnId(name) || isStrictlyMonotone(present));
}

function isStrictlyMonotone(values: Float64Array): boolean {
  const direction = Math.sign((values[1] ?? 0) - (values[0] ?? 0));
  if (direction === 0) return false;
  for (let i = 1; i < values.length; i++) {
    if (Math.sign(values[i]! - values[i - 1]!) !== direction) return false;
  }
  return true;
}
