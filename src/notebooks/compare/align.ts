/** One place in two lists laid side by side: an index of each, `null` where the list has nothing to match. */
export interface Step {
  readonly before: number | null;
  readonly after: number | null;
}

/** Above this many pairs the middle is not searched for matches: nobody reads a report on it line by line. */
const MOST_PAIRS = 4_000_000;

/**
 * Lays two lists side by side so that as many equal elements as possible face each other, in order: the longest
 * common subsequence, what is lost before what is new.
 */
export function align(before: readonly string[], after: readonly string[]): Step[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const middle = alignMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
  ).map((step) => ({
    before: step.before === null ? null : step.before + head,
    after: step.after === null ? null : step.after + head,
  }));
  return [
    ...Array.from({ length: head }, (_, i) => ({ before: i, after: i })),
    ...middle,
    ...Array.from({ length: tail }, (_, i) => ({
      before: before.length - tail + i,
      after: after.length - tail + i,
    })),
  ];
}

function alignMiddle(before: readonly string[], after: readonly string[]): Step[] {
  const [rows, columns] = [before.length, after.length];
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  if (rows * columns <= MOST_PAIRS) {
    const common = commonLengths(before, after);
    const at = (row: number, column: number): number => common[row * (columns + 1) + column]!;
    while (i < rows && j < columns) {
      if (before[i] === after[j]) steps.push({ before: i++, after: j++ });
      else if (at(i + 1, j) >= at(i, j + 1)) steps.push({ before: i++, after: null });
      else steps.push({ before: null, after: j++ });
    }
  }
  while (i < rows) steps.push({ before: i++, after: null });
  while (j < columns) steps.push({ before: null, after: j++ });
  return steps;
}

/** Length of the longest common subsequence of both ends, from every pair of places. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const here = i * width + j;
      common[here] =
        before[i] === after[j]
          ? common[here + width + 1]! + 1
          : Math.max(common[here + width]!, common[here + 1]!);
    }
  }
  return common;
}

/** The places between matches: what is lost and what is new there. */
export function gapsOf(steps: readonly Step[]): { before: number[]; after: number[] }[] {
  const gaps: { before: number[]; after: number[] }[] = [];
  let open = false;
  for (const { before, after } of steps) {
    const matched = before !== null && after !== null;
    if (!matched && !open) gaps.push({ before: [], after: [] });
    open = !matched;
    if (matched) continue;
    if (before !== null) gaps.at(-1)!.before.push(before);
    if (after !== null) gaps.at(-1)!.after.push(after);
  }
  return gaps;
}
