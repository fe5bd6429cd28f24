import { holm } from '../math/holm.js';
import { figuresWithin, flagFigures, rateInterval } from './count-figures.js';
import { writeFlag } from './expression.js';
import { besideBaseWords, chanceWords, leftWords } from './figure-words.js';
import type { FlagFigures } from './figures.js';
import { type Flag, raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import type { Fact, FlagPart } from './ledger.js';

/** Chance of a single false fact among all that are confirmed. */
const FALSE_FACT = 0.05;

/** What a flag has to show on rows that its search did not see. */
export interface Confirmation extends Pick<Fact, 'confirmation' | 'singles' | 'parts'> {
  readonly flag: Flag;
  readonly isConfirmed: boolean;
  /** Why, in one sentence with the figures. */
  readonly why: string;
}

/**
 * Tests flags that a search found on rows that it did not see.
 *
 * A flag is confirmed when more of its accounts leave than the base rate would have, and when each of its conditions
 * earns its place: more leave with it than without it, all other conditions holding. Both beyond doubt, so its p-value
 * is the largest among them (intersection–union test), which Holm's procedure corrects for all flags given: the chance
 * of a single false fact is at most 5 %. All tests are exact and conditional on the snapshots.
 *
 * @returns in the order given
 * @throws ChurnError `missing-column` when the rows lack a feature of a flag
 * @see https://doi.org/10.1080/00401706.1982.10487790 Berger (1982) on intersection–union tests
 * @example
 * const rows = { table, churned, snapshot: new Int32Array(table.rows) };
 * const [confirmation] = confirm([parseFlag('days_since_login >= 14 and csat < 5')], rows);
 * console.log(confirmation?.isConfirmed, confirmation?.why);
 */
export function confirm(flags: readonly Flag[], rows: FlagRows): Confirmation[] {
  const looked = flags.map((flag) => lookAt(flag, rows));
  const corrected = holm(looked.map(({ p }) => p));
  return looked.map(({ flag, figures, singles, parts, p }, i) => {
    const correctedP = corrected[i]!;
    const isConfirmed = correctedP <= FALSE_FACT;
    const why = isConfirmed
      ? `confirmed: ${besideBaseWords(figures)}`
      : whyFailed(figures, parts, p, correctedP);
    return { flag, isConfirmed, why, confirmation: { ...figures, correctedP }, singles, parts };
  });
}

interface LookedAt extends Pick<Confirmation, 'flag' | 'singles' | 'parts'> {
  readonly figures: FlagFigures;
  /** That the flag does not exceed the base, or one of its conditions says nothing. */
  readonly p: number;
}

function lookAt(flag: Flag, rows: FlagRows): LookedAt {
  const words = flag.conditions.map((condition) => writeFlag({ conditions: [condition] }));
  const held = flag.conditions.map((condition) => raisedBy({ conditions: [condition] }, rows.table));
  const raised = whereAll(held);
  const figures = flagFigures(raised, rows);
  const parts =
    held.length === 1
      ? []
      : words.map((without, left) => lookAtPart(without, raised, whereAll(held.toSpliced(left, 1)), rows));
  return {
    flag,
    figures,
    singles: words.map((condition, i) => ({ condition, figures: flagFigures(held[i]!, rows) })),
    parts,
    p: Math.max(figures.p, ...parts.map((part) => part.p)),
  };
}

/** The flag beside the rest of those that all other conditions hold for. */
function lookAtPart(without: string, raised: Uint8Array, others: Uint8Array, rows: FlagRows): FlagPart {
  const flag = figuresWithin(raised, rows, (row) => others[row] === 1);
  const restAccounts = flag.allAccounts - flag.accounts;
  const restRate = restAccounts > 0 ? (flag.allChurned - flag.churned) / restAccounts : 0;
  const { low: restLow, high: restHigh } = rateInterval(restRate, restAccounts);
  return {
    without,
    figures: flagFigures(others, rows),
    restAccounts,
    restRate,
    restLow,
    restHigh,
    p: flag.p,
  };
}

/** 1 where all of them are. */
function whereAll(held: readonly Uint8Array[]): Uint8Array {
  return held.reduce((all, one) => all.map((holds, row) => holds & one[row]!));
}

function whyFailed(figures: FlagFigures, parts: readonly FlagPart[], p: number, correctedP: number): string {
  if (figures.accounts === 0) return 'failed: no account raises it on the new rows';
  const idle = figures.p < p ? parts.find((part) => part.p === p) : undefined;
  if (idle) return `failed: ${whyIdle(figures, idle)} (corrected p ${chanceWords(correctedP)})`;
  const doubt =
    figures.rate > figures.baseRate
      ? ` (not above it beyond doubt: corrected p ${chanceWords(correctedP)})`
      : '';
  return `failed: ${besideBaseWords(figures)}${doubt}`;
}

function whyIdle(flag: FlagFigures, { without, figures, restAccounts }: FlagPart): string {
  const idle = `the condition ${without} does not earn its place`;
  if (restAccounts === 0) return `${idle}: it holds wherever the others do`;
  return `${idle}: without it ${leftWords(figures)}, with it ${leftWords(flag)}`;
}
