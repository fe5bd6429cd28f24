import { printable } from '../../reports/console-text.js';

/** What kind of thing differs between two outputs. */
export type DifferenceKind =
  | 'number'
  | 'text'
  | 'row'
  | 'column'
  | 'chart'
  | 'data'
  | 'picture'
  | 'display'
  | 'error'
  | 'provenance';

/** One difference between two outputs, said in the words of the output itself. */
export interface OutputDifference {
  readonly kind: DifferenceKind;
  /** Such as `AUC 0.848 → 0.851`. */
  readonly message: string;
}

/** What counts as the same. */
export interface CompareOptions {
  /** Two numbers are the same when they differ by at most this share of the larger one. */
  readonly tolerance?: number;
}

export const DEFAULT_TOLERANCE = 1e-9;

/** How many differences of one thing are told one by one. */
const TOLD = 8;

/** The first differences, and how many more there are. */
export function firstOf(differences: readonly OutputDifference[], what: string): OutputDifference[] {
  if (differences.length <= TOLD + 1) return [...differences];
  const more = differences.length - TOLD;
  return [
    ...differences.slice(0, TOLD),
    { kind: differences[TOLD]!.kind, message: `${what}: ${more} more differences` },
  ];
}

/** A text of one line that fits a report, whatever signs are in it. */
export function shortly(text: string, limit = 90): string {
  const line = printable(text.replace(/\s+/g, ' ').trim());
  return line.length <= limit ? line : `${line.slice(0, limit - 1).trimEnd()}…`;
}

/** Two texts that differ, each from shortly before the place where they begin to. */
export function shortChange(before: string, after: string, limit = 60): string {
  const [was, is] = [shortly(before, Number.POSITIVE_INFINITY), shortly(after, Number.POSITIVE_INFINITY)];
  let same = 0;
  while (same < was.length && was[same] === is[same]) same++;
  const from = same < limit / 2 ? 0 : was.lastIndexOf(' ', same - limit / 4) + 1;
  const [one, other] = [was, is].map((text) => shortly((from > 0 ? '…' : '') + text.slice(from), limit));
  return `${one || '(empty)'} → ${other || '(empty)'}`;
}

/** `A0012, A0044, A0051, …`: up to three names. */
export function someNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => shortly(name, 40));
  return [...shown, ...(names.length > shown.length ? ['…'] : [])].join(', ');
}
