import { align } from './align.js';

/** A line of a cell's source: kept, taken out or put in. */
export interface SourceLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** How many unchanged lines stand around a change. */
const CONTEXT = 2;

/** The changed lines of a source with two unchanged lines around them, as in a unified diff; none when it is the same. */
export function compareSource(before: string, after: string): SourceLine[] {
  if (before === after) return [];
  const [ours, theirs] = [before.split('\n'), after.split('\n')];
  const lines = align(ours, theirs).map((step): SourceLine => {
    if (step.before === null) return { sign: '+', text: theirs[step.after!]! };
    return { sign: step.after === null ? '-' : ' ', text: ours[step.before]! };
  });
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ sign }) => sign !== ' ');
  return lines.filter((_, index) => isNear(index));
}
