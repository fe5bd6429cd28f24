import type { FlagRows } from '../flags/flag-rows.js';
import type { CategoryColumn } from '../tables/table.js';
import { dayText } from '../timeline/snapshot.js';
import { STAGE_COLUMN } from './company-rows.js';

/** Categories of a flat table with more levels are no segments. */
const MOST_LEVELS = 6;
/** More instants than these are the times of rows and no snapshots. */
const MOST_SNAPSHOTS = 36;
const COMPANY_STRATA = [STAGE_COLUMN, 'segment'];

/**
 * What flags are checked inside of: journey stage and segment where there are such columns, else categories of few levels;
 * and the snapshots.
 *
 * @param time instant of each row of the set that the part's rows are from
 */
export function flagStrata(
  { table }: FlagRows,
  time: Float64Array | null,
  rows: Int32Array,
): CategoryColumn[] {
  const categories = table.columns.filter((column) => column.kind === 'category');
  const known = categories.filter(({ name }) => COMPANY_STRATA.includes(name));
  const few = categories.filter(({ levels }) => levels.length >= 2 && levels.length <= MOST_LEVELS);
  const snapshots = time === null ? [] : [snapshotsOf(time, rows)];
  return [...(known.length > 0 ? known : few), ...snapshots.filter(({ levels }) => isFew(levels.length))];
}

const isFew = (snapshots: number) => snapshots >= 2 && snapshots <= MOST_SNAPSHOTS;

function snapshotsOf(time: Float64Array, rows: Int32Array): CategoryColumn {
  const days = Array.from(rows, (row) => dayText(time[row]!));
  const levels = [...new Set(days)].sort();
  const code = new Map(levels.map((level, i) => [level, i]));
  return { kind: 'category', name: 'month', levels, codes: Int32Array.from(days, (day) => code.get(day)!) };
}
