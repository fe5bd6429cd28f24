import { twoSidedTail } from '../math/normal-tail.js';
import { countText, FALSE_FINDING, percentText } from './finding.js';
import type { LevelledColumn } from './levels.js';
import type { Lives } from './lives.js';
import { type LevelCount, marksLeavers, type PurityContext } from './pure-level.js';
import { type LevelRisks, levelRisks } from './risk-sets.js';

/** A value of accounts that tells who left by more than a value known beforehand could. */
export interface RewrittenValue {
  readonly sign: 'only-among-leavers' | 'hardly-among-leavers' | 'grows-towards-extraction';
  /** What follows the column's name in a sentence. */
  readonly words: string;
}

/** Fewer leavings tell nothing. */
const LEAST_LEFT = 20;
/** Odds ratio, against accounts that stood beside, from which on a mark of leavers is no matter of age. */
const MARK_ODDS = Math.log(3);
/** Part of a mark's leavings that must have had others beside them: all accounts of a cohort have none. */
const MARK_COMPARED = 0.1;
/** Below so small an odds ratio a level shields from leaving as no fact of the day does. */
const SHIELD_ODDS = Math.log(1 / 30);
const SHIELD_SHARES = { left: 0.02, there: 0.3 };
/**
 * What a weight that grows must reach, besides being there beyond doubt: the odds ratio of the latest third of leavings,
 * its multiple of the earliest third's, and that multiple's p-value. It is not corrected, as hardly any honest column
 * without history goes with five times the odds.
 */
const GROWN = { odds: Math.log(5), factor: Math.log(1.5), p: 0.05 };

/**
 * Looks for the mark of a rewrite in a column of accounts that has no history:
 * - a level that occurs only among accounts that are gone (a status `closed`, an owner `offboarding`);
 * - a level that hardly any account had that is gone, though many have it that are there;
 * - the level that separates most makes accounts leave more (or less) than those beside them, and the more so the closer
 *   to the extraction: what was known before leaving keeps its weight, what was written after it does not (see
 *   `risk-sets`).
 *
 * @param tests levels judged in the whole company, for which p-values are corrected
 */
export function rewrittenValue(lives: Lives, column: LevelledColumn, tests: number): RewrittenValue | null {
  const isGone = lives.leftAt.map((time) => (Number.isNaN(time) ? 0 : 1));
  const all = {
    rows: isGone.length,
    left: isGone.reduce((sum, gone) => sum + gone, 0),
    tests,
  };
  if (all.left < LEAST_LEFT || all.rows - all.left < LEAST_LEFT) return null;
  const counts = countLevels(column, isGone);
  const risks = levelRisks({ ...lives, codes: column.codes, levels: column.words.length });
  const levels = column.words.map((words, i): Level => ({ words, count: counts[i]!, risks: risks[i]! }));
  const mark = levels.find((level) => marks(level, all));
  if (mark) return { sign: 'only-among-leavers', words: `${mark.words} ${inCounts(mark, all)}` };
  const shield = levels.find((level) => shields(level, all));
  if (shield) return { sign: 'hardly-among-leavers', words: `${shield.words} ${inCounts(shield, all)}` };
  const [strongest] = levels.sort((a, b) => strength(b) - strength(a));
  if (!strongest || !grows(strongest, tests)) return null;
  return { sign: 'grows-towards-extraction', words: `${strongest.words} ${inShares(strongest, all)}` };
}

interface Level {
  readonly words: string;
  readonly count: LevelCount;
  readonly risks: LevelRisks;
}

/** How surely a level's accounts leave more or less than others. */
const strength = ({ risks: { all } }: Level) => Math.abs(all.logOdds) / Math.sqrt(all.variance);

function inCounts({ count }: Level, all: LevelCount): string {
  const there = `${countText(count.rows - count.left)} of the ${countText(all.rows - all.left)} that did not`;
  return `for ${countText(count.left)} of the ${countText(all.left)} accounts that left and for ${there}: it was written after they left`;
}

function inShares({ count, risks: { earliest, latest } }: Level, all: LevelCount): string {
  const odds = (logOdds: number) => Number(Math.exp(logOdds).toPrecision(2));
  const shares = `${percentText(count.left / all.left)} of the accounts that left and ${percentText((count.rows - count.left) / (all.rows - all.left))} of those that did not`;
  return `for ${shares}, and this tells leavers from the accounts beside them the better the closer to the extraction (odds ratio ${odds(earliest.logOdds)} in the earliest third of leavings, ${odds(latest.logOdds)} in the latest), as only a value written after leaving does`;
}

function marks({ count, risks: { all: risk } }: Level, all: PurityContext): boolean {
  return (
    marksLeavers(count, all, FALSE_FINDING) &&
    risk.logOdds >= MARK_ODDS &&
    risk.compared >= MARK_COMPARED * count.left
  );
}

function shields({ count: level, risks: { all: risk } }: Level, all: PurityContext): boolean {
  return (
    level.left <= SHIELD_SHARES.left * all.left &&
    level.rows - level.left >= SHIELD_SHARES.there * (all.rows - all.left) &&
    risk.logOdds <= SHIELD_ODDS &&
    twoSidedTail((risk.logOdds - Math.log(1 / 3)) / Math.sqrt(risk.variance)) <= FALSE_FINDING / all.tests
  );
}

function grows(level: Level, tests: number): boolean {
  const { earliest, latest } = level.risks;
  const sign = Math.sign(latest.logOdds);
  const growth = sign * (latest.logOdds - earliest.logOdds);
  return (
    twoSidedTail(strength(level)) <= FALSE_FINDING / tests &&
    sign * latest.logOdds >= GROWN.odds &&
    growth >= GROWN.factor &&
    twoSidedTail(growth / Math.sqrt(earliest.variance + latest.variance)) <= GROWN.p
  );
}

/** Rows of each level, and those of them that are gone. */
export function countLevels({ codes, words }: LevelledColumn, isGone: ArrayLike<number>): LevelCount[] {
  const counts = words.map(() => ({ rows: 0, left: 0 }));
  for (let row = 0; row < codes.length; row++) {
    const count = counts[codes[row]!];
    if (!count) continue;
    count.rows++;
    count.left += isGone[row]!;
  }
  return counts;
}
