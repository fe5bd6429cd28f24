import { countText } from '../charts/figure-text.js';
import type { Doubt, Intake } from '../workspace/intake.js';

/** What an intake report tells of: the company's name and what was learned while it was loaded. */
export interface IntakeInput {
  readonly name: string;
  readonly intake: Intake;
}

const ACTIONS = { keep: 'kept', drop: 'dropped', fail: 'refused' } as const;

/** Rows read, kept and not kept, over all tables. */
export function intakeSentence({ tables }: Intake): string {
  const sum = (key: 'read' | 'kept' | 'rejected' | 'skipped' | 'dropped') =>
    tables.reduce((total, table) => total + table[key], 0);
  const parts = [
    `${countText(sum('kept'))} kept`,
    `${countText(sum('rejected'))} rejected`,
    ...(sum('skipped') > 0 ? [`${countText(sum('skipped'))} left to other tables`] : []),
    ...(sum('dropped') > 0 ? [`${countText(sum('dropped'))} dropped`] : []),
  ];
  return `${countText(sum('read'))} rows read for ${countText(tables.length)} ${tables.length === 1 ? 'table' : 'tables'}: ${parts.join(', ')}.`;
}

/** What to look at before these tables are learned from. */
export function intakeVerdict({ tables, doubts }: Intake): string {
  const rejected = tables.reduce((total, table) => total + table.rejected, 0);
  const found = [
    ...(rejected > 0 ? [`${countText(rejected)} rejected ${rejected === 1 ? 'row' : 'rows'}`] : []),
    ...(doubts.length > 0
      ? [`${countText(doubts.length)} ${doubts.length === 1 ? 'kind' : 'kinds'} of rows in doubt`]
      : []),
  ];
  if (found.length === 0) return 'Every row keeps its contract, and no two facts contradict each other.';
  return `To look at: ${found.join(' and ')}.`;
}

/** A doubt in a sentence: what, how many, what was done. */
export function doubtSentence({ title, count, action, table }: Doubt): string {
  return `${table}: ${title}: ${countText(count)} (${ACTIONS[action]})`;
}

/** What was done with rows in doubt. */
export function doubtAction({ action }: Doubt): string {
  return ACTIONS[action];
}

/** Until when the company was observed. */
export function observedSentence({ observedUntil }: Intake): string {
  return `Observed until ${new Date(observedUntil).toISOString().slice(0, 10)} (UTC, not included).`;
}

/** A file's name without its folders; the list of files has these too. */
export function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** What the list of rejects holds. */
export function rejectsTitle({ tables }: Intake): string {
  return tables.some(({ dropped }) => dropped > 0) ? 'Rejected or dropped' : 'Rejected';
}
