import type { FlagRows } from '../flags/flag-rows.js';
import type { CategoryColumn } from '../tables/table.js';
import { dayText } from '../timeline/snapshot.js';
import { STAGE_COLUMN } from './company-rows.js';

/** Categories of a flat table with more levels are no segments. */
const MOST_LEVELS = 6;
const COMPANY_STRATA = [STAGE_COLUMN, 'segment'];

/**
 * What flags are checked inside of: journey stage, segment and month of dated tables, categories of few levels of a flat
 * one.
 *
 * @param time instant of each row of the set that the part's rows are from
 */
export function flagStrata(
  { table }: FlagRows,
  time: Float64Array | null,
  rows: Int32Array,
): CategoryColumn[] {
  const categories = table.columns.filter((column) => column.kind === 'category');
  const isDated = categories.some(({ name }) => name === STAGE_COLUMN);
  const strata = isDated
    ? categories.filter(({ name }) => COMPANY_STRATA.includes(name))
    : categories.filter(({ levels }) => levels.length >= 2 && levels.length <= MOST_LEVELS);
  return time !== null && isDated ? [...strata, monthsOf(time, rows)] : strata;
}

function monthsOf(time: Float64Array, rows: Int32Array): CategoryColumn {
  const days = Array.from(rows, (row) => dayText(time[row]!));
  const levels = [...new Set(days)].sort();
  const code = new Map(levels.map((level, i) => [level, i]));
  return { kind: 'category', name: 'month', levels, codes: Int32Array.from(days, (day) => code.get(day)!) };
}
