import { describeReversal } from '../journey/reversal-words.js';
import { simpsonCheck } from '../journey/simpson.js';
import type { Random } from '../math/random.js';
import { type CategoryColumn, type Table, takeRows } from '../tables/table.js';
import type { CompanyCard } from './company-card.js';
import { STAGE_COLUMN } from './company-rows.js';
import type { LearningSet } from './learning-sets.js';
import { type JudgedRows, partFigures } from './part-figures.js';

/** Rows that the Simpson check looks at, at most. */
const MOST_CHECKED = 20_000;

/** Judged rows with what they can be parted by. */
export interface PartedRows extends JudgedRows {
  /** `journey_stage`, `segment`: whatever the company has. */
  readonly strata: readonly CategoryColumn[];
}

/** The model's figures for accounts that have no row in the training part. */
export function unseenAccounts(
  heldBack: LearningSet,
  training: LearningSet,
  judged: JudgedRows,
  random: Random,
): CompanyCard['unseenAccounts'] {
  const seen = new Set(training.ids);
  const rows = heldBack.ids.flatMap((id, row) => (seen.has(id) ? [] : [row]));
  return partFigures(judged, rows, random.fork('unseen accounts'));
}

/** The model's figures inside every stage and segment, in text order of their names. */
export function groupFigures({ strata, ...judged }: PartedRows, random: Random): CompanyCard['groups'] {
  return strata.flatMap(({ name, codes, levels }) =>
    levels
      .map((value, code) => ({ value, rows: [...codes.keys()].filter((row) => codes[row] === code) }))
      .filter(({ rows }) => rows.length > 0)
      .sort((a, b) => (a.value < b.value ? -1 : 1))
      .map(({ value, rows }) => ({
        by: name === STAGE_COLUMN ? 'stage' : name,
        value,
        ...partFigures(judged, rows, random.fork(`${name} ${value}`)),
      })),
  );
}

/** Facts of the training rows that turn around inside stages or segments. */
export function turnedFacts(
  training: LearningSet,
  strata: readonly CategoryColumn[],
): CompanyCard['reversals'] {
  const rows = training.table.rows;
  // Rows are ordered by snapshot and account: every n-th is a fair sample of both.
  const step = Math.ceil(rows / MOST_CHECKED);
  const sample = Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
  const take = (table: Table): Table => (step === 1 ? table : takeRows(table, sample));
  const { reversals } = simpsonCheck({
    churned: Uint8Array.from(sample, (row) => training.churned[row]!),
    facts: take(training.table).columns,
    strata: take({ rows, columns: strata }).columns as CategoryColumn[],
    ...(training.groups ? { accounts: Int32Array.from(sample, (row) => training.groups![row]!) } : {}),
  });
  return reversals.map((reversal) => ({
    feature: reversal.column,
    by: reversal.stratum === STAGE_COLUMN ? 'stage' : reversal.stratum,
    message: describeReversal(reversal),
  }));
}
