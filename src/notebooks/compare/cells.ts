import type { Cell } from '../notebook.js';
import { align, gapsOf } from './align.js';

/** Two cells that are the same one, by their places among all cells. */
export interface CellPair {
  readonly before: number;
  readonly after: number;
  /** Whether it stands elsewhere among the cells that both notebooks have. */
  readonly moved: boolean;
}

/** Finds each cell again: by its id, else by its source, else by its place between cells found again. */
export function matchCells(before: readonly Cell[], after: readonly Cell[]): CellPair[] {
  const found = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (one: number, other: number): void => {
    found.set(one, other);
    taken.add(other);
  };
  for (const [i, { id }] of before.entries()) {
    const j = id === undefined ? -1 : after.findIndex((cell) => cell.id === id);
    if (j >= 0 && !taken.has(j)) pair(i, j);
  }
  for (const [i, cell] of before.entries()) {
    if (found.has(i)) continue;
    const j = after.findIndex((other, k) => !taken.has(k) && sourceKey(other) === sourceKey(cell));
    if (j >= 0) pair(i, j);
  }
  pairLeftovers(before, after, found, pair);
  return withMoves([...found].sort(([a], [b]) => a - b));
}

/** Cells of one kind that face each other between cells found again are one that was rewritten. */
function pairLeftovers(
  before: readonly Cell[],
  after: readonly Cell[],
  found: ReadonlyMap<number, number>,
  pair: (one: number, other: number) => void,
): void {
  const names = new Map([...found].map(([i, j]) => [j, `found ${i}`]));
  const steps = align(
    before.map((_, i) => (found.has(i) ? `found ${i}` : `lost ${i}`)),
    after.map((_, j) => names.get(j) ?? `new ${j}`),
  );
  const isFound = new Set(found.values());
  for (const gap of gapsOf(steps)) {
    const rest = gap.after.filter((j) => !isFound.has(j));
    for (const i of gap.before.filter((index) => !found.has(index))) {
      const place = rest.findIndex((j) => after[j]!.cell_type === before[i]!.cell_type);
      if (place >= 0) pair(i, rest.splice(place, 1)[0]!);
    }
  }
}

const sourceKey = ({ cell_type, source }: Cell): string => `${cell_type} ${source}`;

function withMoves(pairs: readonly (readonly [number, number])[]): CellPair[] {
  const order = pairs.map(([, after]) => String(after));
  const sorted = pairs.map(([, after]) => after).sort((a, b) => a - b);
  const kept = new Set(
    align(order, sorted.map(String)).flatMap((step) =>
      step.before !== null && step.after !== null ? [step.before] : [],
    ),
  );
  return pairs.map(([before, after], index) => ({ before, after, moved: !kept.has(index) }));
}
