import { ChurnError } from '../errors.js';
import type { Note, RawTable } from '../tables/raw-table.js';
import { asTexts } from './coerce.js';
import { isMissingLevel } from './missing.js';
import { nameTokens } from './name-tokens.js';
import { nearestName } from './nearest-name.js';
import { parseNumber } from './parse-number.js';
import { countLevels, type Tally, tallyTexts } from './tally.js';

/** The outcome of each row, and which level of the target means that the account left. */
export interface Target {
  /** 1 churned, 0 stayed, 255 (`missingOutcome`) not known: the caller rejects such rows. */
  readonly churned: Uint8Array;
  readonly positive: string;
  /** The other level, or `not <positive>` when several stand against it. */
  readonly negative: string;
  readonly notes: readonly Note[];
}

/** Marks a row whose outcome is missing in `Target.churned`. */
export const missingOutcome = 255;

const leavingWords = new Set(
  (
    '1 yes y true t churn churned churner left leaver leave exited exit lost gone closed cancelled canceled ' +
    'terminated attrited inactive stopped departed unsubscribed'
  ).split(' '),
);
const stayingNames = /^(?:retain|retention|stay|active|renew|loyal|kept)/;

/**
 * Reads the outcome column. Spellings of one level (`Yes`, ` yes`; `1`, `1.0`) count as one. Without
 * `positive` the level that means leaving is guessed among yes, true, 1, churned, left, exited and the like;
 * with it, one level may stand against several others.
 *
 * @throws ChurnError `bad-target` when the column is missing, constant or empty, has three or more levels and
 * no `positive`, when no level sounds like leaving, or when `positive` is none of its levels
 *
 * @example
 * readTarget(raw, 'Churn').positive; // 'Yes'
 */
export function readTarget(raw: RawTable, target: string, positive?: string): Target {
  const column = raw.columns.find((candidate) => candidate.name === target);
  if (!column) throw missingTarget(raw, target);
  const { codes, levels } = asTexts(column);
  const tally = tallyTexts({ kind: 'text', name: target, codes, levels });
  const spellings = commonSpellings(tally);
  if (spellings.size < 2) throw tooFewLevels(target, tally, spellings);
  const chosen =
    positive === undefined ? guessPositive(target, spellings) : findPositive(target, spellings, positive);
  const outcomes = levels.map((text) => outcomeOf(text, chosen));
  const churned = Uint8Array.from(codes, (code) => (code < 0 ? missingOutcome : outcomes[code]!));
  const others = [...spellings].filter(([key]) => key !== chosen).map(([, level]) => level.text);
  const positiveText = spellings.get(chosen)!.text;
  return {
    churned,
    positive: positiveText,
    negative: others.length === 1 ? others[0]! : `not ${positiveText}`,
    notes: targetNotes(target, positiveText, positive === undefined, churned),
  };
}

/** A level with its most frequent spelling. */
interface Level {
  readonly text: string;
  readonly rows: number;
}

function commonSpellings(tally: Tally): Map<string, Level> {
  const spellings = countLevels(tally, (text) => text.trim());
  const levels = new Map<string, Level & { most: number }>();
  // Sorted first, so that a tie between spellings does not depend on the order of rows.
  for (const [text, rows] of [...spellings].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isMissingLevel(text, false)) continue;
    const key = levelKey(text);
    const known = levels.get(key) ?? { text, rows: 0, most: 0 };
    const isMost = rows > known.most;
    levels.set(key, {
      text: isMost ? text : known.text,
      rows: known.rows + rows,
      most: Math.max(rows, known.most),
    });
  }
  return levels;
}

function levelKey(text: string): string {
  const value = parseNumber(text);
  return Number.isFinite(value) ? String(value + 0) : text.trim().toLowerCase();
}

function outcomeOf(text: string, chosen: string): number {
  if (isMissingLevel(text, false)) return missingOutcome;
  return levelKey(text) === chosen ? 1 : 0;
}

function guessPositive(target: string, levels: Map<string, Level>): string {
  if (levels.size > 2) {
    throw badTarget(
      `target "${target}" has ${levels.size} levels where two are needed: ${listed(levels)}; ` +
        'say --positive LEVEL to turn it into that level against the rest',
    );
  }
  const leaving = [...levels.keys()].filter((key) => leavingWords.has(key));
  if (leaving.length === 1 && !nameTokens(target).some((token) => stayingNames.test(token)))
    return leaving[0]!;
  const doubt =
    leaving.length === 1 ? 'its name sounds like staying' : 'its levels do not say which one means leaving';
  throw badTarget(`target "${target}": ${doubt} (found ${listed(levels)}); say --positive LEVEL`);
}

function findPositive(target: string, levels: Map<string, Level>, positive: string): string {
  const key = levelKey(positive);
  if (levels.has(key)) return key;
  throw badTarget(
    `target "${target}" has no level "${positive}", found ${listed(levels)}; name one of them with --positive`,
  );
}

function missingTarget(raw: RawTable, target: string): ChurnError {
  const names = raw.columns.map((column) => column.name);
  const nearest = nearestName(target, names);
  const hint = nearest === null ? `found ${listedNames(names)}` : `did you mean "${nearest}"?`;
  return badTarget(`target column "${target}" is not in the table; ${hint}`);
}

function tooFewLevels(target: string, tally: Tally, levels: Map<string, Level>): ChurnError {
  if (levels.size === 1) {
    return badTarget(
      `target "${target}" is constant, found only ${listed(levels)}; both churned and stayed rows are needed`,
    );
  }
  const rows = tally.absent + tally.counts.reduce((sum, count) => sum + count, 0);
  return badTarget(
    `target "${target}" is missing in all of its ${rows} rows; both churned and stayed rows are needed`,
  );
}

function badTarget(message: string): ChurnError {
  return new ChurnError('bad-target', message);
}

const shown = 10;

function listed(levels: Map<string, Level>): string {
  const byRows = [...levels.values()].sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  const parts = byRows.slice(0, shown).map(({ text, rows }) => `"${text.slice(0, 40)}" (${rows} rows)`);
  return byRows.length > shown ? `${parts.join(', ')} and ${byRows.length - shown} more` : parts.join(', ');
}

function listedNames(names: readonly string[]): string {
  const parts = names.slice(0, shown).map((name) => `"${name.slice(0, 40)}"`);
  return names.length > shown ? `${parts.join(', ')} and ${names.length - shown} more` : parts.join(', ');
}

function targetNotes(target: string, positive: string, guessed: boolean, churned: Uint8Array): Note[] {
  const notes: Note[] = [];
  const missing = churned.reduce((count, outcome) => count + (outcome === missingOutcome ? 1 : 0), 0);
  const leavers = churned.reduce((count, outcome) => count + (outcome === 1 ? 1 : 0), 0);
  const known = churned.length - missing;
  if (guessed) {
    notes.push({
      kind: 'positive-guessed',
      column: target,
      message: `"${positive}" of "${target}" is taken to mean churned (${leavers} of ${known} rows); say --positive LEVEL if it does not`,
    });
  }
  if (leavers > known / 2) {
    notes.push({
      kind: 'mostly-churned',
      column: target,
      message: `${leavers} of ${known} rows have churned, more than half; check that "${positive}" means leaving`,
    });
  }
  if (missing > 0) {
    notes.push({
      kind: 'missing-outcome',
      column: target,
      message: `the outcome "${target}" is missing in ${missing} of ${churned.length} rows`,
    });
  }
  return notes;
}
