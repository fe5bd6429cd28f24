import { holm } from '../math/holm.js';
import type { CategoryColumn, Column } from '../tables/table.js';
import { type Fact, factsOf } from './fact.js';
import {
  orderByAccount,
  type RiskDifference,
  riskDifferences,
  type StratifiedRows,
} from './mantel-haenszel.js';

/** Chance of a single false report among everything looked at. */
const FALSE_REPORT = 0.05;

/** What is looked at: columns of one length. */
export interface SimpsonInput {
  /** 1 or 0 per row. */
  readonly churned: Uint8Array;
  /** Columns whose facts may turn around. */
  readonly facts: readonly Column[];
  /** What rows are parted by: stages, segments, plans. */
  readonly strata: readonly CategoryColumn[];
  /** Which account a row is of, from 0; needed where accounts have several rows. Default: each row its own. */
  readonly accounts?: Int32Array;
}

/** The association inside one level of a stratum. */
export interface StratumDifference extends RiskDifference {
  readonly level: string;
}

/** A fact that goes with more leaving over all and with less inside, or the other way round. */
export interface Reversal {
  readonly column: string;
  /** The fact in words: `community_posts_90d >= 1`. */
  readonly fact: string;
  /** Name of the column that parts the rows. */
  readonly stratum: string;
  /** Over all rows whose fact and stratum are known. */
  readonly overall: RiskDifference;
  /** Inside the levels, on average (Mantel–Haenszel). */
  readonly adjusted: RiskDifference;
  readonly strata: readonly StratumDifference[];
  /** Whether the average inside has the other sign beyond doubt. */
  readonly turnsOnAverage: boolean;
  /** Levels in which the sign is the other one beyond doubt. */
  readonly turnsIn: readonly string[];
  /** Corrected for everything looked at (Holm). */
  readonly p: number;
}

export interface SimpsonCheck {
  /** Surest first; of each column and stratum the fact that turns most surely. */
  readonly reversals: readonly Reversal[];
  /** Comparisons made, which the p-values are corrected for. */
  readonly looked: number;
}

/**
 * Simpson's check: which facts turn around inside stages or segments? Reported is only what is beyond doubt on both
 * sides: the association over all rows and the opposite one inside (on average, or in one level), with a chance of at
 * most 5 % for a single false report among all facts and strata.
 *
 * @see https://doi.org/10.1126/science.187.4175.398 Bickel, Hammel and O'Connell (1975), the admissions to Berkeley
 * @example
 * const strata = table.columns
 *   .filter(({ name }) => name === 'segment')
 *   .filter((column) => column.kind === 'category');
 * const { reversals, looked } = simpsonCheck({ churned, facts: table.columns, strata });
 * console.log(`${looked} comparisons, ${reversals.length} facts turn around`);
 */
export function simpsonCheck({ churned, facts, strata, accounts }: SimpsonInput): SimpsonCheck {
  const rows = { churned, byAccount: orderByAccount(accounts ?? Int32Array.from(churned.keys())) };
  const comparisons = facts.flatMap((column) =>
    factsOf(column).flatMap((fact) =>
      strata.filter(({ name }) => name !== column.name).map((stratum) => compare(fact, stratum, rows)),
    ),
  );
  const corrected = holm(comparisons.flatMap(({ pAverage, pLevels }) => [pAverage, Math.min(1, ...pLevels)]));
  const reversals = comparisons.flatMap((comparison, i) =>
    judge(comparison, corrected[2 * i]!, corrected[2 * i + 1]!),
  );
  return { reversals: surestOfEach(reversals), looked: corrected.length };
}

interface Comparison {
  readonly fact: Fact;
  readonly stratum: string;
  readonly overall: RiskDifference;
  readonly adjusted: RiskDifference;
  readonly strata: readonly StratumDifference[];
  /** That the average does not turn. */
  readonly pAverage: number;
  /** For each level, that it does not turn, corrected for the number of levels. */
  readonly pLevels: readonly number[];
}

function compare(
  fact: Fact,
  { name, codes, levels }: CategoryColumn,
  rows: Pick<StratifiedRows, 'churned' | 'byAccount'>,
): Comparison {
  const parted = { ...rows, holds: fact.holds, stratum: codes };
  const { adjusted, strata } = riskDifferences({ ...parted, strata: levels.length });
  const merged = codes.map((code) => Math.min(code, 0));
  const overall = riskDifferences({ ...parted, stratum: merged, strata: 1 }).adjusted;
  // Both sides must be beyond doubt, so the larger p-value is that of the turn (intersection–union test).
  const pTurn = (inside: RiskDifference) =>
    inside.difference * overall.difference < 0 ? Math.max(inside.p, overall.p) : 1;
  return {
    fact,
    stratum: name,
    overall,
    adjusted,
    strata: strata.map((inside, code) => ({ level: levels[code]!, ...inside })),
    pAverage: pTurn(adjusted),
    pLevels: strata.map((inside) => Math.min(1, levels.length * pTurn(inside))),
  };
}

function judge(comparison: Comparison, onAverage: number, inLevels: number): Reversal[] {
  const p = Math.min(onAverage, inLevels);
  if (p > FALSE_REPORT) return [];
  const { fact, stratum, overall, adjusted, strata, pLevels } = comparison;
  // A level that turns less surely than the surest is corrected by the same factor.
  const factor = inLevels / Math.min(...pLevels);
  const turnsIn = strata.filter((_, level) => factor * pLevels[level]! <= FALSE_REPORT);
  return [
    {
      column: fact.column,
      fact: fact.words,
      stratum,
      overall,
      adjusted,
      strata: strata.filter(({ rows }) => rows > 0),
      turnsOnAverage: onAverage <= FALSE_REPORT,
      turnsIn: turnsIn.map(({ level }) => level),
      p,
    },
  ];
}

function surestOfEach(reversals: readonly Reversal[]): Reversal[] {
  const surest = new Map<string, Reversal>();
  for (const reversal of reversals) {
    const key = JSON.stringify([reversal.column, reversal.stratum]);
    const found = surest.get(key);
    if (!found || reversal.p < found.p) surest.set(key, reversal);
  }
  return [...surest.values()].sort((a, b) => a.p - b.p);
}
