import type { CategoryColumn, Column, NumberColumn } from '../tables/table.js';

/** A column's rows sorted into cells: one per level or frequent value, ranges of the other numbers, one for missing. */
export interface Cells {
  /** Per row, its cell. */
  readonly codes: Int32Array;
  /** Per cell, its value in words: `plan_b`, `3`, `2 to 7`, `missing`. */
  readonly labels: readonly string[];
  /** Per cell, whether it holds a single value rather than a range of numbers. */
  readonly single: readonly boolean[];
  /** The cell of missing rows, always the last. */
  readonly missing: number;
}

/** A number value with so many rows has a cell of its own; other values share cells of about so many. */
const rowsOfOwnCell = (rows: number) => Math.max(16, rows / 1000);
const rowsOfSharedCell = (rows: number) => Math.max(16, rows / 50);

/** Sorts a column's rows into cells. */
export function sortIntoCells(column: Column): Cells {
  return column.kind === 'category' ? levelCells(column) : numberCells(column);
}

function levelCells({ codes, levels }: CategoryColumn): Cells {
  const missing = levels.length;
  return {
    codes: codes.map((code) => (code < 0 ? missing : code)),
    labels: [...levels, 'missing'],
    single: Array.from({ length: missing + 1 }, () => true),
    missing,
  };
}

function numberCells({ values }: NumberColumn): Cells {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const upperEdges: number[] = [];
  const labels: string[] = [];
  const single: boolean[] = [];
  const own = rowsOfOwnCell(values.length);
  const shared = rowsOfSharedCell(values.length);
  let start = 0;
  const close = (end: number) => {
    if (end === start) return;
    const [low, high] = [sorted[start]!, sorted[end - 1]!];
    upperEdges.push(high);
    labels.push(low === high ? shortNumber(low) : `${shortNumber(low)} to ${shortNumber(high)}`);
    single.push(low === high);
    start = end;
  };
  for (let first = 0; first < sorted.length; ) {
    let next = first + 1;
    while (next < sorted.length && sorted[next] === sorted[first]) next++;
    const isFrequent = next - first >= own;
    if (isFrequent) close(first);
    if (isFrequent || next - start >= shared) close(next);
    first = next;
  }
  close(sorted.length);
  const edges = Float64Array.from(upperEdges);
  const codes = Int32Array.from(values, (value) =>
    Number.isNaN(value) ? edges.length : firstAtLeast(edges, value),
  );
  return { codes, labels: [...labels, 'missing'], single: [...single, true], missing: edges.length };
}

/** Whole numbers in full, others to four digits. */
function shortNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}

/** Index of the first edge that is not below the value. */
function firstAtLeast(edges: Float64Array, value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
