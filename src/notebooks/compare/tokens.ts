import { maskVolatile } from './masks.js';

/** A piece of a text: a number with its place, or anything else, which must be the same to the letter. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `null` for everything but numbers. */
  readonly value: number | null;
}

/** Days, times and versions: no tolerance makes two of them the same. */
const EXACT = String.raw`⟨[^⟩]*⟩|\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|\d+(?:\.\d+){2,}|\d{1,2}:\d\d(?::\d\d)?`;
/** Behind a bracket or a comma, `100,200` is a list and not a number with thousands. */
const THOUSANDS = String.raw`(?<![[,\d])\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?![,\]\d])`;
const NUMBER = [
  String.raw`(?<![\p{L}\p{N}_]\.?)`,
  String.raw`(?:(?<![\p{L}\p{N}_)\]])[+\-−])?`,
  String.raw`(?:(?:${THOUSANDS}|\d+)(?:\.\d+)?|\.\d+)`,
  String.raw`(?:e[+\-−]?\d+)?(?![\p{L}\p{N}_])(?:[ \u00a0\u202f]?%)?`,
].join('');
/** A rule is as long as its table is wide, which is no matter. */
const RULE = '[─═━=_*-]{3,}';
const PIECES = new RegExp(
  String.raw`(?<exact>${EXACT})|(?<number>${NUMBER})|(?<rule>${RULE})|[\p{L}\p{N}\p{M}_]+|\S`,
  'giu',
);

/** Cuts a line, its volatile parts masked, into numbers and the rest; blanks between pieces do not count. */
export function tokensOf(line: string): Token[] {
  return [...line.matchAll(PIECES)].map((match) => ({
    text: match.groups?.['rule'] ? '───' : match[0],
    start: match.index,
    end: match.index + match[0].length,
    value: match.groups?.['number'] === undefined ? null : numberOf(match[0]),
  }));
}

/** What a printed number says: `1,234.5`, `12.3 %`, `−0.05`, `1e-7`; a percent sign stays a matter of form. */
function numberOf(text: string): number {
  return Number(text.replaceAll('−', '-').replace(/[,%\s\u00a0\u202f]/g, ''));
}

/** What a line says without the size of its numbers: lines with the same skeleton may be compared number by number. */
export function skeletonOf(tokens: readonly Token[]): string {
  return tokens.map(({ text, value }) => (value === null ? text : text.endsWith('%') ? '#%' : '#')).join(' ');
}

export function sameNumber(before: number, after: number, tolerance: number): boolean {
  if (Object.is(before, after) || before === after) return true;
  return Math.abs(before - after) <= tolerance * Math.max(Math.abs(before), Math.abs(after));
}

/** Whether two texts say the same: numbers within the tolerance, all else to the letter, volatile parts masked. */
export function sameText(before: string, after: string, tolerance: number): boolean {
  if (before === after) return true;
  const [a, b] = [tokensOf(maskVolatile(before)), tokensOf(maskVolatile(after))];
  return (
    skeletonOf(a) === skeletonOf(b) &&
    a.every(({ value }, i) => value === null || sameNumber(value, b[i]!.value!, tolerance))
  );
}
