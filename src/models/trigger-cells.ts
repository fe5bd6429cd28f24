import type { CategoryColumn, Column, NumberColumn } from '../tables/table.js';
import type { Condition } from './condition.js';
import type { TrainingSet } from './model.js';

/** Rows (weight) and churners among them. */
export interface Cell {
  readonly rows: number;
  readonly leavers: number;
}

/** A condition with the rows for which it holds, and all others. */
export interface CandidateCells {
  readonly condition: Condition;
  readonly inside: Cell;
  readonly outside: Cell;
}

const MOST_CUTS = 255;

/** Every condition that a trigger may put on this column, with its training counts. */
export function candidateCells(column: Column, train: TrainingSet): CandidateCells[] {
  return column.kind === 'number' ? numberCells(column, train) : categoryCells(column, train);
}

function categoryCells({ name, codes, levels }: CategoryColumn, train: TrainingSet): CandidateCells[] {
  const cells = countCells(train, levels.length + 1, (row) => codes[row]! + 1);
  const all = sumCells(cells);
  return cells.map((inside, i) => ({
    condition:
      i === 0 ? { test: 'missing', feature: name } : { test: 'equals', feature: name, level: levels[i - 1]! },
    inside,
    outside: without(all, inside),
  }));
}

function numberCells({ name, values }: NumberColumn, train: TrainingSet): CandidateCells[] {
  const cuts = cutPoints(values, train.weights);
  // Cell 0 holds the missing values, cell i + 1 those from cuts[i − 1] up to below cuts[i].
  const cells = countCells(train, cuts.length + 2, (row) =>
    Number.isNaN(values[row]!) ? 0 : 1 + cutsAtOrBelow(cuts, values[row]!),
  );
  const all = sumCells(cells);
  const missing = cells[0]!;
  const candidates: CandidateCells[] = [
    { condition: { test: 'missing', feature: name }, inside: missing, outside: without(all, missing) },
  ];
  let below: Cell = { rows: 0, leavers: 0 };
  cuts.forEach((threshold, i) => {
    below = sumCells([below, cells[i + 1]!]);
    const above = without(without(all, missing), below);
    candidates.push(
      { condition: { test: 'below', feature: name, threshold }, inside: below, outside: without(all, below) },
      {
        condition: { test: 'at-least', feature: name, threshold },
        inside: above,
        outside: without(all, above),
      },
    );
  });
  return candidates;
}

/** Observed values that cut the rows into parts of nearly equal weight; all of them when they are few. */
function cutPoints(values: Float64Array, weights: Float64Array | null): Float64Array {
  const counted = values.filter((value, row) => !Number.isNaN(value) && weights?.[row] !== 0).sort();
  const distinct = counted.filter((value, i) => i === 0 || value !== counted[i - 1]);
  if (distinct.length <= MOST_CUTS) return distinct;
  const rowsOf = new Float64Array(distinct.length);
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? weights[row]! : 1;
    if (!Number.isNaN(values[row]!) && weight > 0) {
      rowsOf[cutsAtOrBelow(distinct, values[row]!) - 1]! += weight;
    }
  }
  const total = rowsOf.reduce((sum, rows) => sum + rows, 0);
  let before = 0;
  let part = -1;
  return distinct.filter((_, i) => {
    const start = Math.floor((before / total) * MOST_CUTS);
    before += rowsOf[i]!;
    if (start === part) return false;
    part = start;
    return true;
  });
}

/** How many of the ascending cuts are at or below the value. */
function cutsAtOrBelow(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countCells(
  { churned, weights }: TrainingSet,
  cells: number,
  cellOf: (row: number) => number,
): Cell[] {
  const rows = new Float64Array(cells);
  const leavers = new Float64Array(cells);
  for (let row = 0; row < churned.length; row++) {
    const cell = cellOf(row);
    const weight = weights ? weights[row]! : 1;
    rows[cell]! += weight;
    leavers[cell]! += weight * churned[row]!;
  }
  return Array.from(rows, (count, i) => ({ rows: count, leavers: leavers[i]! }));
}

function sumCells(cells: readonly Cell[]): Cell {
  return cells.reduce((sum, { rows, leavers }) => ({
    rows: sum.rows + rows,
    leavers: sum.leavers + leavers,
  }));
}

function without(all: Cell, part: Cell): Cell {
  return { rows: all.rows - part.rows, leavers: all.leavers - part.leavers };
}
