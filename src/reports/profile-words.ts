import { countText, percentText } from '../charts/figure-text.js';
import type { TableCheck } from '../profiling/check-table.js';
import type { ColumnProfile } from '../profiling/column-profile.js';
import type { TableProfile } from '../profiling/table-profile.js';

/** What `check` found, as far as console and page tell of it: at least the profile. */
export type CheckedTable = Pick<TableCheck, 'profile'> & Partial<TableCheck>;

/** Most levels that a line about a column names. */
const MOST_LEVELS = 3;

/** What a column holds, in a line: range of numbers or dates, commonest values. */
export function columnContent({ type, numbers, levels, dates, distinct }: ColumnProfile): string {
  if (numbers) {
    const { min, median, max, outliers } = numbers;
    const far = outliers.count > 0 ? `, ${countText(outliers.count)} far outside` : '';
    return `${numberText(min)} to ${numberText(max)}, median ${numberText(median)}${far}`;
  }
  if (dates) return `${dates.first.slice(0, 10)} to ${dates.last.slice(0, 10)}`;
  if (!levels || levels.length === 0) return '';
  const named = levels
    .slice(0, MOST_LEVELS)
    .map(({ level, share }) => shorten(level) + (type === 'id-like' ? '' : ` ${percentText(share)}`));
  const others = distinct - named.length;
  return named.join(', ') + (others > 0 ? `, ${countText(others)} more` : '');
}

/** A column's type, for people. */
export function columnType({ type }: Pick<ColumnProfile, 'type'>): string {
  return type === 'instant' ? 'date' : type.replace('-', ' ');
}

/** Who left and who stayed, in a sentence. */
export function outcomeSentence({ column, positive, churned, stayed, missing, churnRate }: Target): string {
  const unknown = missing > 0 ? `; ${countText(missing)} rows have no outcome` : '';
  return `${column} = ${positive}: ${countText(churned)} left, ${countText(stayed)} stayed, a churn rate of ${percentText(churnRate)}${unknown}.`;
}

/** How many rows were read, kept and rejected; `null` where that was not counted. */
export function readSentence({ read, kept }: CheckedTable): string | null {
  if (read === undefined || kept === undefined) return null;
  return `${countText(read)} rows read, ${countText(kept)} kept, ${countText(read - kept)} rejected.`;
}

/** The verdict of a check: how much there is to look at. */
export function checkVerdict({ profile, leaks = [], rejects = [] }: CheckedTable): string {
  const found = [
    counted(leaks.length, 'column that may give the answer away', 'columns that may give the answer away'),
    counted(rejects.length, 'rejected cell or row', 'rejected cells or rows'),
    counted(profile.notes.length, 'remark', 'remarks'),
  ].filter((text) => text !== null);
  return found.length === 0 ? 'Nothing stands out.' : `To look at: ${found.join(', ')}.`;
}

type Target = NonNullable<TableProfile['target']>;

function counted(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${countText(count)} ${count === 1 ? one : many}`;
}

/** Five digits that matter, and no more. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(5))).replace('-', '−');
}

/** A cell cut to a length that leaves room for others. */
export function shorten(text: string, most = 24): string {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
}
