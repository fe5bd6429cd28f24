import type { Column, Table } from '../tables/table.js';
import { type Cells, sortIntoCells } from './cells.js';
import { type CellCounts, countCells, crossFittedAuc, foldCount, outcomeFolds } from './cross-fit.js';
import { describeMissingness, describePureLevels, describeSkill } from './leakage-sentences.js';
import { hintsAtOutcome } from './name-hints.js';

/** What makes a column suspect. `name` only ever stands beside another sign. */
export type LeakageSign = 'skill' | 'missingness' | 'pure-level' | 'name';

/** A column that may hold the answer in disguise. */
export interface LeakageSuspicion {
  readonly column: string;
  readonly signs: LeakageSign[];
  /** Cross-fitted AUC of the column alone. */
  readonly auc: number;
  /** One sentence with the counts. */
  readonly message: string;
}

/**
 * How much a column must show, without and with a name that hints at the outcome. The best honest column of
 * each of four real churn tables (telco, bank, two of mobile customers) reaches AUC 0.69 to 0.80 alone; the
 * answer in disguise in one of them reaches 0.998. The bars stand between, nearer to the leak: leaving out
 * an honest column costs skill, while a leak below the bar is still named in the report's drivers.
 */
const bars = {
  plain: { auc: 0.95, churnerShare: 0.1, stayerShare: 0.5 },
  hinted: { auc: 0.9, churnerShare: 0.05, stayerShare: 0.25 },
};
/** "Only among churners" allows one row in a hundred for dirt. */
const purity = 0.99;
/** Lower end of the 95 % interval of that purity: 16 rows without exception reach it. */
const leastPurity = 0.8;
/** The same end in odds, as a multiple of the base rate's: where most churn, purity is no surprise. */
const leastOddsRatio = 16;
/** Share of churners that a group of stayers may hold. */
const straySharesOfChurners = 0.02;
/** Chance of a false alarm per table and sign, divided by the columns (Bonferroni). */
const falseAlarm = 0.001;
/** Standard errors above 0.5 that an AUC needs (p ≈ 3e-5), so that few rows raise no alarm. */
const leastDeviations = 4;

/**
 * Names the columns that look like the answer in disguise: facts from after the outcome that a table of
 * customers so often carries (Kaufman, Rosset, Perlich, Stitelman 2012, "Leakage in data mining",
 * https://doi.org/10.1145/2382577.2382579).
 *
 * Signs, each judged on rows that it was not learned from or against chance:
 * - *skill*: AUC of the column alone at least 0.95;
 * - *missingness*: its presence (or absence) is a mark of churners, 99 % pure and on at least 10 % of them;
 *   or nearly all churners (98 %) lack what at least half of the stayers have, or the other way round;
 * - *pure-level*: levels (or frequent numbers) found only among churners in four fifths of the rows are
 *   again 99 % pure in the other fifth, and cover at least 10 % of churners.
 *
 * A name such as `cancel_date` lowers these bars to AUC 0.90, 5 % of churners and 25 % of stayers, and never
 * suffices. Deterministic.
 *
 * @param churned 1 or 0 per row
 *
 * @example
 * const leak = { kind: 'number', name: 'exit_call', values: Float64Array.from(churned) } as const;
 * suspectLeakage(makeTable([...table.columns, leak]), churned).map(({ column }) => column); // ['exit_call']
 */
export function suspectLeakage(table: Table, churned: Uint8Array): LeakageSuspicion[] {
  const leavers = churned.reduce((sum, outcome) => sum + outcome, 0);
  if (leavers === 0 || leavers === churned.length) return [];
  const folds = outcomeFolds(churned);
  const outcomes: Outcomes = { rows: churned.length, leavers, tests: table.columns.length };
  return table.columns.flatMap((column) => {
    const cells = sortIntoCells(column);
    return suspectColumn(column, cells, countCells(cells, churned, folds), outcomes) ?? [];
  });
}

interface Outcomes {
  readonly rows: number;
  readonly leavers: number;
  /** Columns that are judged. */
  readonly tests: number;
}

function suspectColumn(
  { name }: Column,
  cells: Cells,
  counts: CellCounts,
  outcomes: Outcomes,
): LeakageSuspicion | null {
  const hinted = hintsAtOutcome(name);
  const bar = hinted ? bars.hinted : bars.plain;
  const auc = crossFittedAuc(counts, outcomes.leavers / outcomes.rows);
  const signs: LeakageSign[] = [];
  if (auc >= bar.auc && isBeyondChance(auc, outcomes)) signs.push('skill');
  if (missingnessMirrors(counts, cells.missing, bar, outcomes)) signs.push('missingness');
  if (levelsArePure(counts, cells, bar.churnerShare, outcomes)) signs.push('pure-level');
  if (signs.length === 0) return null;
  if (hinted) signs.push('name');
  return { column: name, signs, auc, message: describe(name, signs, auc, cells, counts, outcomes) };
}

/** The plainest of the signs in words: a gap explains itself, and skill says more than one level. */
function describe(
  name: string,
  signs: readonly LeakageSign[],
  auc: number,
  cells: Cells,
  counts: CellCounts,
  outcomes: Outcomes,
): string {
  if (signs.includes('missingness')) return describeMissingness(name, cells, counts, outcomes);
  if (signs.includes('skill')) return describeSkill(name, auc, cells, counts, outcomes);
  return describePureLevels(name, cells, counts, purity, outcomes);
}

/** Mann and Whitney's standard error of an AUC without skill. */
function isBeyondChance(auc: number, { rows, leavers }: Outcomes): boolean {
  const error = Math.sqrt((rows + 1) / (12 * leavers * (rows - leavers)));
  return (auc - 0.5) / error >= leastDeviations;
}

interface Group {
  readonly rows: number;
  readonly churned: number;
}

function missingnessMirrors(
  counts: CellCounts,
  missing: number,
  bar: typeof bars.plain,
  outcomes: Outcomes,
): boolean {
  const absent: Group = { rows: counts.totalRows[missing]!, churned: counts.totalChurned[missing]! };
  const present: Group = { rows: outcomes.rows - absent.rows, churned: outcomes.leavers - absent.churned };
  if (absent.rows === 0 || present.rows === 0) return false;
  return [absent, present].some(
    (group) =>
      marksChurners(group, bar.churnerShare, outcomes) || marksStayers(group, bar.stayerShare, outcomes),
  );
}

/**
 * Held-out rows whose level, in the other folds, had at least three rows and nearly only churners. Ranges of
 * numbers do not count: the far end of an honest strong number may well be pure.
 */
function levelsArePure(
  counts: CellCounts,
  { single, missing }: Cells,
  share: number,
  outcomes: Outcomes,
): boolean {
  let rows = 0;
  let churned = 0;
  for (let fold = 0; fold < foldCount; fold++) {
    for (let cell = 0; cell < missing; cell++) {
      if (!single[cell]) continue;
      const place = fold * counts.cells + cell;
      const otherRows = counts.totalRows[cell]! - counts.rows[place]!;
      const otherChurned = counts.totalChurned[cell]! - counts.churned[place]!;
      if (otherRows < 3 || otherChurned < purity * otherRows) continue;
      rows += counts.rows[place]!;
      churned += counts.churned[place]!;
    }
  }
  return marksChurners({ rows, churned }, share, outcomes);
}

function marksChurners({ rows, churned }: Group, share: number, outcomes: Outcomes): boolean {
  const baseRate = outcomes.leavers / outcomes.rows;
  const low = wilsonLow(churned, rows);
  return (
    churned >= purity * rows &&
    churned >= share * outcomes.leavers &&
    low >= leastPurity &&
    low / (1 - low) >= (leastOddsRatio * baseRate) / (1 - baseRate) &&
    tailBound(churned, rows, baseRate) <= falseAlarm / outcomes.tests
  );
}

function marksStayers({ rows, churned }: Group, share: number, outcomes: Outcomes): boolean {
  const { leavers, tests } = outcomes;
  const outside = leavers - churned;
  return (
    churned <= straySharesOfChurners * leavers &&
    rows - churned >= share * (outcomes.rows - leavers) &&
    tailBound(outside, leavers, 1 - rows / outcomes.rows) <= falseAlarm / tests
  );
}

/** Lower end of Wilson's 95 % interval of a share. */
function wilsonLow(successes: number, rows: number): number {
  if (rows === 0) return 0;
  const z = 1.96;
  const share = successes / rows;
  const middle = share + z ** 2 / (2 * rows);
  const reach = z * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2));
  return (middle - reach) / (1 + z ** 2 / rows);
}

/** Chernoff's upper bound of the chance of so many successes or more when each has the given chance. */
function tailBound(successes: number, rows: number, chance: number): number {
  const share = successes / rows;
  if (!(share > chance)) return 1;
  const part = (p: number, q: number) => (p === 0 ? 0 : p * Math.log(p / q));
  return Math.exp(-rows * (part(share, chance) + part(1 - share, 1 - chance)));
}
