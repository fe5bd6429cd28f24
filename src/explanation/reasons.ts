import type { UsualFeature } from '../cleaning/recipe.js';
import type { Contributions } from '../models/model.js';
import { type Column, columnNamed, type Table } from '../tables/table.js';

/** The usual value of every feature, by name: `usualValues(recipe)`. */
export type UsualValues = Readonly<Record<string, UsualFeature>>;

/** A feature's push on one account, in words. */
export interface Reason {
  readonly feature: string;
  /** Log-odds; positive raises the risk. */
  readonly push: number;
  /** "tenure is 2 (typical 29)". */
  readonly text: string;
}

/** Pushes smaller than this (log-odds) are not worth a word. */
const SMALLEST_PUSH = 0.05;

/**
 * Why a row's score differs from the baseline: its largest pushes in the direction of the difference,
 * largest first, at most `most`.
 *
 * @example
 * const pushes = explainChurn(model, table);
 * for (const { text } of reasonsFor(pushes, table, 0, usualValues(recipe))) console.log(text);
 */
export function reasonsFor(
  contributions: Contributions,
  table: Table,
  row: number,
  usual: UsualValues,
  most = 3,
): Reason[] {
  const { features, values } = contributions;
  const pushes = values.subarray(row * features.length, (row + 1) * features.length);
  const direction = Math.sign(pushes.reduce((sum, push) => sum + push, 0));
  return features
    .map((feature, i) => ({ feature, push: pushes[i]! }))
    .filter(({ push }) => push * direction >= SMALLEST_PUSH)
    .sort((a, b) => Math.abs(b.push) - Math.abs(a.push))
    .slice(0, most)
    .map(({ feature, push }) => ({
      feature,
      push,
      text: describeValue(columnNamed(table, feature), row, usual[feature]),
    }));
}

/** What a feature measures; the features of the catalogue and those of a card have it. */
export interface FeatureMeaning {
  /** The aspect of health: `support`; for people: "Support". */
  readonly aspect: string;
  readonly title: string;
  /** `tickets`, `share`, `level` for a category, … */
  readonly unit: string;
  /** "Tickets opened in the 28 days before". */
  readonly description: string;
}

/** The push of one health aspect on one account, in words. */
export interface AspectReason {
  readonly aspect: string;
  /** Log-odds, of all the aspect's features together; positive raises the risk. */
  readonly push: number;
  /** The one or two features that push most in this direction. */
  readonly reasons: readonly Reason[];
  /** "Support: 14 tickets opened in the 28 days before (typical 2) and 3 days since the last … (typical 40)". */
  readonly text: string;
}

/** Features named of one aspect. */
const MOST_FEATURES = 2;

/**
 * Why a row's score differs from the baseline, by health aspect: pushes add, so an aspect pushes by the sum of its
 * features, those against it included. The largest in the direction of the difference, largest first, at most
 * `most`; each with its features that push most. Many small pushes of one aspect count that no single reason would show.
 *
 * @param meanings what features measure, by name; a feature without a meaning is an aspect by itself
 * @example
 * const meaning = {
 *   aspect: 'support',
 *   title: 'Support',
 *   unit: 'tickets',
 *   description: 'Tickets of the last 30 days',
 * };
 * const meanings = new Map([['support_cases_30d', meaning]]);
 * const reasons = reasonsByAspect(explainChurn(model, table), table, 0, usualValues(recipe), meanings);
 * console.log(reasonsSentence(reasons));
 */
export function reasonsByAspect(
  contributions: Contributions,
  table: Table,
  row: number,
  usual: UsualValues,
  meanings: ReadonlyMap<string, FeatureMeaning>,
  most = 3,
): AspectReason[] {
  const { features, values } = contributions;
  const pushes = values.subarray(row * features.length, (row + 1) * features.length);
  const direction = Math.sign(pushes.reduce((sum, push) => sum + push, 0));
  const aspects = new Map<string, { title: string; push: number; members: number[] }>();
  features.forEach((feature, i) => {
    const { aspect, title } = meanings.get(feature) ?? { aspect: feature, title: '' };
    const entry = aspects.get(aspect) ?? { title, push: 0, members: [] };
    entry.push += pushes[i]!;
    entry.members.push(i);
    aspects.set(aspect, entry);
  });
  return [...aspects]
    .filter(([, { push }]) => push * direction >= SMALLEST_PUSH)
    .sort(([, a], [, b]) => Math.abs(b.push) - Math.abs(a.push))
    .slice(0, most)
    .map(([aspect, { title, push, members }]) => {
      const reasons = members
        .sort((a, b) => direction * (pushes[b]! - pushes[a]!))
        .slice(0, MOST_FEATURES)
        .filter((i, rank) => rank === 0 || direction * pushes[i]! >= SMALLEST_PUSH)
        .map((i) => {
          const feature = features[i]!;
          const text = describeMeaning(
            columnNamed(table, feature),
            row,
            usual[feature],
            meanings.get(feature),
          );
          return { feature, push: pushes[i]!, text };
        });
      const words = reasons.map(({ text }) => text).join(' and ');
      return { aspect, push, reasons, text: title === '' ? words : `${title}: ${words}` };
    });
}

/**
 * Reasons as one line: `higher because Contract is Month-to-month; tenure is 2 (typical 29)`.
 *
 * @example
 * const reasons = [
 *   { push: 0.8, text: 'contract is monthly' },
 *   { push: 0.3, text: 'tenure is 2 (typical 29)' },
 * ];
 * reasonsSentence(reasons); // 'higher because contract is monthly; tenure is 2 (typical 29)'
 */
export function reasonsSentence(reasons: readonly Pick<Reason, 'push' | 'text'>[]): string {
  if (reasons.length === 0) return 'nothing stands out';
  return `${reasons[0]!.push > 0 ? 'higher' : 'lower'} because ${reasons.map(({ text }) => text).join('; ')}`;
}

function describeValue(column: Column, row: number, usual: UsualFeature | undefined): string {
  const { value, aside } = valueWords(column, row, usual);
  return `${column.name} is ${value}${aside}`;
}

/** "14 tickets opened in the 28 days before (typical 2)", or "share of phone among the tickets … is 40% (typical 10%)". */
function describeMeaning(
  column: Column,
  row: number,
  usual: UsualFeature | undefined,
  meaning: FeatureMeaning | undefined,
): string {
  if (meaning === undefined) return describeValue(column, row, usual);
  const { unit, description } = meaning;
  const isShare = unit === 'share';
  const { value, aside } = valueWords(column, row, usual, isShare ? formatShare : formatNumber);
  const gist = description.split(/[;:]/)[0]!.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
  if (value === 'missing' || isShare || column.kind === 'category') return `${gist} is ${value}${aside}`;
  if (gist.startsWith(`${unit} `)) return `${value} ${gist}${aside}`;
  return `${gist} is ${value}${gist.includes(unit) ? '' : ` ${unit}`}${aside}`;
}

/** A row's value and, of numbers, what is typical. */
function valueWords(
  column: Column,
  row: number,
  usual: UsualFeature | undefined,
  writeNumber = formatNumber,
): { value: string; aside: string } {
  if (column.kind === 'category') return { value: column.levels[column.codes[row]!] ?? 'missing', aside: '' };
  const value = column.values[row]!;
  if (Number.isNaN(value)) return { value: 'missing', aside: '' };
  const write = usual?.unit === 'date' ? formatDay : writeNumber;
  return {
    value: `${write(value)}${usual?.unit === 'days' ? ' days before' : ''}`,
    aside: typeof usual?.typical === 'number' ? ` (typical ${write(usual.typical)})` : '',
  };
}

/** 0.125 is 12.5%. */
function formatShare(share: number): string {
  return `${formatNumber(100 * share)}%`;
}

/** Days since 1970 as a date. */
function formatDay(days: number): string {
  return new Date(Math.round(days * 86_400_000)).toISOString().slice(0, 10);
}

/** Four significant digits, thousands kept whole: 0.1235, 29.85, 1890, 12500. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(4)));
}
