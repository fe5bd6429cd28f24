import { nearestName, requireNames } from '../cleaning/nearest-name.js';
import { ChurnError } from '../errors.js';
import { type Condition, saidNumber, THRESHOLD_SIGNS } from '../models/condition.js';
import { type CategoryColumn, columnNamed, type Table } from '../tables/table.js';
import { isKept, isWord, readTokens, type Token, writeText } from './expression-tokens.js';
import type { Flag } from './flag.js';

type ThresholdTest = keyof typeof THRESHOLD_SIGNS;

/** At most so many levels of a column are named in an error. */
const SHOWN_LEVELS = 5;

const TEST_OF_SIGN = new Map(
  Object.entries(THRESHOLD_SIGNS).map(([test, sign]) => [sign as string, test as ThresholdTest]),
);

/** What people write instead, in words apart by spaces, and what to do about it. */
const WAYS_OUT = new Map(
  [
    ['or || |', 'write two flags'],
    ['not ! != <>', 'say what should hold: < for what is not >=, another level for what is not this one'],
    ['( ) [ ] { }', 'leave out brackets and functions: all conditions must hold'],
    ['&& & ; ,', 'join conditions by and; write numbers without thousands separators'],
    ['=> =< ≥ ≤', 'write >= or <='],
    ['" \' `', 'close the quote; one inside quotes is written twice'],
    ['“ ” „ ‘ ’ « »', 'use straight quotes'],
    ['missing', 'write: is missing; or put the word in quotes'],
  ].flatMap(([found, wayOut]) => found!.split(' ').map((word) => [word, wayOut!])) as [string, string][],
);

/**
 * Reads a flag: conditions joined by `and`, each a feature with `>=`, `>`, `<=` or `<` and a number, with `is` (or `=`,
 * `==`) and a level, or with `is missing`. Names and levels of several words, or with signs, stand in double quotes,
 * single quotes or backticks; a quote inside them is written twice. Nothing is run as code.
 *
 * @throws ChurnError `bad-option` with the character at which it is no such text, what was found, and what was needed
 * @example
 * parseFlag('days_since_login >= 14 and contract is "month to month"').conditions.length; // 2
 */
export function parseFlag(text: string): Flag {
  const tokens = readTokens(text);
  const conditions: Condition[] = [];
  let at = 0;
  const next = () => tokens[at++]!;
  for (;;) {
    conditions.push(readCondition(next));
    const joint = next();
    if (joint.kind === 'end') return { conditions };
    if (!isWord(joint, 'and'))
      throw notUnderstood(joint, 'and, or the end', 'put words that belong together in quotes');
  }
}

/** Takes the tokens of one condition; an `end` among them is an error, so that none is asked for behind it. */
function readCondition(next: () => Token): Condition {
  const feature = readFeature(next());
  const operator = next();
  const test = operator.kind === 'sign' ? TEST_OF_SIGN.get(operator.text) : undefined;
  if (test) return { test, feature, threshold: readThreshold(next()) };
  if (isWord(operator, 'is')) {
    const level = next();
    if (isWord(level, 'missing')) return { test: 'missing', feature };
    return { test: 'equals', feature, level: readLevel(level, 'a level, a number or missing') };
  }
  if (operator.kind === 'sign' && /^==?$/.test(operator.text)) {
    return { test: 'equals', feature, level: readLevel(next(), 'a level or a number') };
  }
  throw notUnderstood(operator, '>=, >, <=, <, = or is', 'put a name of several words in quotes');
}

function readFeature(token: Token): string {
  const isName = token.kind === 'word' && !isKept(token) && Number.isNaN(saidNumber(token.text));
  if (isName || token.kind === 'quoted') return token.text;
  throw notUnderstood(
    token,
    'the name of a feature',
    'write the feature first, then the test: cases_28d > 10',
  );
}

function readThreshold(token: Token): number {
  const threshold = token.kind === 'word' ? saidNumber(token.text) : Number.NaN;
  if (!Number.isNaN(threshold)) return threshold;
  throw notUnderstood(token, 'a number', 'write it in digits, as 14, -0.5 or 1e3; a level goes with is');
}

function readLevel(token: Token, needed: string): string {
  if (token.kind === 'quoted' || (token.kind === 'word' && !isKept(token))) return token.text;
  throw notUnderstood(token, needed, 'put a level of several words or signs in quotes');
}

function notUnderstood({ kind, text, position }: Token, needed: string, wayOut: string): ChurnError {
  const found = kind === 'end' ? 'the end' : JSON.stringify(text);
  const better = kind === 'quoted' ? undefined : WAYS_OUT.get(text.toLowerCase());
  return new ChurnError(
    'bad-option',
    `flag: at character ${position}, needed ${needed}, found ${found}; ${better ?? wayOut}`,
    { position, found: text, needed },
  );
}

/**
 * The flag as a text that {@link parseFlag} reads as the same flag, whatever its names and levels are; a threshold of
 * −0 becomes 0, which tests the same.
 *
 * @example
 * writeFlag({ conditions: [{ test: 'equals', feature: 'Payment method', level: 'check' }] }); // '"Payment method" is check'
 */
export function writeFlag({ conditions }: Flag): string {
  return conditions.map(writeCondition).join(' and ');
}

function writeCondition(condition: Condition): string {
  const feature = writeFeature(condition.feature);
  switch (condition.test) {
    case 'equals':
      return `${feature} is ${writeText(condition.level)}`;
    case 'missing':
      return `${feature} is missing`;
    default:
      return `${feature} ${THRESHOLD_SIGNS[condition.test]} ${condition.threshold}`;
  }
}

/** A name that says a number stands in quotes. */
function writeFeature(name: string): string {
  return Number.isNaN(saidNumber(name)) ? writeText(name) : `"${name}"`;
}

/**
 * Holds a flag to a table: its features are there, numbers are tested as numbers, and levels exist.
 *
 * @throws ChurnError `missing-column` with the nearest name, `bad-option` when a condition cannot hold for any row of
 * a column of its kind
 * @example
 * checkFlag(parseFlag('days_since_login >= 14'), table);
 */
export function checkFlag({ conditions }: Flag, table: Table): void {
  requireNames(
    'flag',
    [...new Set(conditions.map(({ feature }) => feature))],
    table.columns.map(({ name }) => name),
  );
  for (const condition of conditions) {
    const column = columnNamed(table, condition.feature);
    const fault = column.kind === 'category' ? categoryFault(condition, column) : numberFault(condition);
    if (fault)
      throw new ChurnError('bad-option', `flag: ${writeCondition(condition)}: ${fault}`, { condition });
  }
}

function categoryFault(condition: Condition, { levels }: CategoryColumn): string | null {
  if (condition.test === 'missing') return null;
  if (condition.test !== 'equals') return `needs a column of numbers, found levels: ${someOf(levels)}`;
  if (levels.includes(condition.level)) return null;
  const nearest = nearestName(condition.level, levels);
  return nearest === null
    ? `needs a level of the column, which has ${someOf(levels)}`
    : `needs a level of the column; the nearest is ${writeText(nearest)}`;
}

function numberFault(condition: Condition): string | null {
  const isNone = condition.test === 'equals' && Number.isNaN(saidNumber(condition.level));
  return isNone ? 'needs a number, as the column holds numbers; write it in digits' : null;
}

function someOf(levels: readonly string[]): string {
  if (levels.length === 0) return 'none';
  const shown = levels.slice(0, SHOWN_LEVELS).map(writeText).join(', ');
  return levels.length > SHOWN_LEVELS ? `${shown} and ${levels.length - SHOWN_LEVELS} more` : shown;
}
