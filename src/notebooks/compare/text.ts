import { align, gapsOf } from './align.js';
import { firstOf, type OutputDifference, shortChange, shortly } from './difference.js';
import { maskVolatile } from './masks.js';
import { readBoxTables } from './shown-table.js';
import { compareTables } from './tables.js';
import { sameNumber, skeletonOf, type Token, tokensOf } from './tokens.js';

interface Line {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly skeleton: string;
}

/**
 * Compares two texts line by line: numbers within the tolerance, everything else to the letter but for blanks,
 * the length of rules and what {@link maskVolatile} hides. Tables drawn by `console.table` are compared by cell.
 */
export function compareText(before: string, after: string, tolerance: number): OutputDifference[] {
  if (before === after) return [];
  const [ours, theirs] = [readBoxTables(before), readBoxTables(after)];
  return [
    ...firstOf(compareLines(linesOf(ours.text), linesOf(theirs.text), tolerance), 'text'),
    ...compareTables(ours.tables, theirs.tables, tolerance),
  ];
}

function linesOf(text: string): Line[] {
  const lines = maskVolatile(text).trimEnd().split(/\r?\n/);
  return lines.map((line) => {
    const tokens = tokensOf(line);
    return { text: line, tokens, skeleton: skeletonOf(tokens) };
  });
}

function compareLines(
  before: readonly Line[],
  after: readonly Line[],
  tolerance: number,
): OutputDifference[] {
  const steps = align(
    before.map(({ skeleton }) => skeleton),
    after.map(({ skeleton }) => skeleton),
  );
  const numbers = steps.flatMap((step) =>
    step.before === null || step.after === null
      ? []
      : compareNumbers(before[step.before]!, after[step.after]!, tolerance),
  );
  const lines = gapsOf(steps).flatMap((gap) =>
    changedLines(
      gap.before.map((i) => before[i]!.text).filter((line) => line.trim() !== ''),
      gap.after.map((i) => after[i]!.text).filter((line) => line.trim() !== ''),
    ),
  );
  return [...numbers, ...lines];
}

/** Lines that face each other in a gap are one change; what is left over was lost or is new. */
function changedLines(before: readonly string[], after: readonly string[]): OutputDifference[] {
  if (before.length === after.length) {
    return before.map((line, i) => ({
      kind: 'text',
      message: shortChange(line, after[i]!, 90),
    }));
  }
  return [
    ...before.map((line): OutputDifference => ({ kind: 'text', message: `line lost: “${shortly(line)}”` })),
    ...after.map((line): OutputDifference => ({ kind: 'text', message: `line new: “${shortly(line)}”` })),
  ];
}

function compareNumbers(before: Line, after: Line, tolerance: number): OutputDifference[] {
  return before.tokens.flatMap((token, i): OutputDifference[] => {
    const now = after.tokens[i]!;
    if (token.value === null || sameNumber(token.value, now.value!, tolerance)) return [];
    const { name, unit } = namesOf(after, i);
    return [{ kind: 'number', message: `${name}${token.text} → ${now.text}${unit}` }];
  });
}

/** What a number is about: the words between it and the number before, else the nearest before that, else what follows. */
function namesOf({ text, tokens }: Line, index: number): { name: string; unit: string } {
  let end = tokens[index]!.start;
  for (let i = index - 1; i >= -1; i--) {
    if (i >= 0 && tokens[i]!.value === null) continue;
    const words = wordsOf(text.slice(i < 0 ? 0 : tokens[i]!.end, end)).slice(-5);
    if (words.length > 0) return { name: `${words.join(' ')} `, unit: '' };
    end = i < 0 ? 0 : tokens[i]!.start;
  }
  const next = tokens.slice(index + 1).find(({ value }) => value !== null);
  const words = wordsOf(text.slice(tokens[index]!.end, next?.start)).slice(0, 3);
  return { name: '', unit: words.length === 0 ? '' : ` ${words.join(' ')}` };
}

const wordsOf = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}⟨]+|[^\p{L}\p{N}⟩]+$/gu, ''))
    .filter((word) => word !== '');
