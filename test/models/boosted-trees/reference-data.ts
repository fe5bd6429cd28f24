import type { TrainingSet } from '../../../src/models/model.js';
import { type Column, makeTable } from '../../../src/tables/table.js';

/** Park and Miller's generator, the same stream as in test/references/boosted-trees.py. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Integers of few values and one category: binning loses nothing. */
export function coarseTable(rows = 3000): TrainingSet {
  const uniform = stream(20240607);
  const tenure = new Float64Array(rows);
  const tickets = new Float64Array(rows);
  const seats = new Float64Array(rows);
  const plan = new Int32Array(rows);
  const churned = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    tenure[row] = 1 + Math.floor(uniform() * 12);
    tickets[row] = 1 + Math.floor(uniform() * 6);
    seats[row] = 1 + Math.floor(uniform() * 20);
    plan[row] = Math.floor(uniform() * 7);
    const isMissing = uniform() < 0.15;
    let score = -0.3 - 0.25 * tenure[row]! + 0.5 * tickets[row]! + ([1, 4, 6].includes(plan[row]!) ? 0.9 : 0);
    score += isMissing ? 1.2 : 0.06 * seats[row]! * (tickets[row]! > 2 ? 1 : -1);
    churned[row] = uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    if (isMissing) seats[row] = NaN;
  }
  const table = makeTable([
    { kind: 'number', name: '0 tenure', values: tenure },
    { kind: 'number', name: '1 tickets', values: tickets },
    { kind: 'number', name: '2 seats', values: seats },
    { kind: 'category', name: '3 plan', codes: plan, levels: [...'abcdefg'] },
  ]);
  return { table, churned, weights: null };
}

/** Numbers with more distinct values than bins. */
export function smoothTable(rows: number): TrainingSet {
  const uniform = stream(77);
  const x = Array.from({ length: 8 }, () => new Float64Array(rows));
  const churned = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    for (const values of x) values[row] = uniform();
    const [a, b, c, d, e] = x.map((values) => values[row]!) as [number, number, number, number, number];
    const score = 4 * a - 3 + 3 * Math.sin(6 * b) * c + (d > 0.7 && e < 0.5 ? 2 : 0);
    churned[row] = uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
    if (x[5]![row]! < 0.2) x[5]![row] = NaN;
  }
  const columns = x.map((values, i): Column => ({ kind: 'number', name: `x${i}`, values }));
  return { table: makeTable(columns), churned, weights: null };
}
