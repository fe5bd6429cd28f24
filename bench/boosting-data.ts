import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from '../src/math/random.js';
import { sigmoid } from '../src/models/model.js';
import { type Column, makeTable, type Table } from '../src/tables/table.js';

/** A generated table: what its columns are, and how the chance of leaving follows from a row. */
export interface MadeCase {
  readonly name: string;
  readonly rows: number;
  readonly numbers: number;
  readonly categories: number;
}

/** `table.json` beside the data, read by both languages. */
interface Layout {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly kind: Column['kind'] }[];
}

/** Rows with their outcomes. */
interface CasePart {
  readonly table: Table;
  readonly churned: Uint8Array;
}

const SEED = 20_240_607;
const MISSING_SHARE = 0.05;
const LEVELS = 50;

/**
 * Writes the case's rows to `folder` unless they are there: `x.f32`, column after column, every number exactly a
 * 32-bit float, a category its code, `NaN` missing; `y.u8`, the outcomes; `table.json`, the names and kinds.
 * The rows are drawn one by one, so that the first n are as good as a table of n rows.
 */
export function writeCase(folder: string, made: MadeCase): void {
  if (existsSync(join(folder, 'table.json'))) return;
  mkdirSync(folder, { recursive: true });
  const { x, y } = drawRows(made);
  const columns = Array.from({ length: made.numbers + made.categories }, (_, j) =>
    j < made.numbers
      ? { name: `number_${j}`, kind: 'number' as const }
      : { name: `category_${j - made.numbers}`, kind: 'category' as const },
  );
  writeFileSync(join(folder, 'x.f32'), x);
  writeFileSync(join(folder, 'y.u8'), y);
  writeFileSync(join(folder, 'table.json'), JSON.stringify({ rows: made.rows, columns } satisfies Layout));
}

/** The first 80 % of the first `rows` rows to learn from, the other 20 % to judge by. */
export function readCase(folder: string, rows: number): { train: CasePart; test: CasePart } {
  const layout: Layout = JSON.parse(readFileSync(join(folder, 'table.json'), 'utf8'));
  const churned = Uint8Array.from(readFileSync(join(folder, 'y.u8')).subarray(0, rows));
  const levels = Array.from({ length: LEVELS }, (_, code) => `level ${code}`);
  const cut = trainRowsOf(rows);
  const parts: [Column[], Column[]] = [[], []];
  // One column at a time: a copy of the whole file would still be held when the memory of a fit is measured.
  const cells = new Float32Array(rows);
  const file = openSync(join(folder, 'x.f32'), 'r');
  layout.columns.forEach(({ name, kind }, index) => {
    readSync(file, cells, 0, cells.byteLength, index * layout.rows * cells.BYTES_PER_ELEMENT);
    parts[0].push(columnOf(name, kind, cells.subarray(0, cut), levels));
    parts[1].push(columnOf(name, kind, cells.subarray(cut), levels));
  });
  closeSync(file);
  return {
    train: { table: makeTable(parts[0]), churned: churned.slice(0, cut) },
    test: { table: makeTable(parts[1]), churned: churned.slice(cut) },
  };
}

function columnOf(
  name: string,
  kind: Column['kind'],
  cells: Float32Array,
  levels: readonly string[],
): Column {
  return kind === 'number'
    ? { kind, name, values: Float64Array.from(cells) }
    : { kind, name, codes: Int32Array.from(cells, (cell) => (Number.isNaN(cell) ? -1 : cell)), levels };
}

/** Rows that are learned from. */
export function trainRowsOf(rows: number): number {
  return Math.floor(rows * 0.8);
}

function drawRows(made: MadeCase): { x: Float32Array; y: Uint8Array } {
  const random = seededRandom(SEED).fork(made.name);
  const effects = levelEffects(made.categories, random.fork('levels'));
  const width = made.numbers + made.categories;
  const x = new Float32Array(made.rows * width);
  const y = new Uint8Array(made.rows);
  const row = new Float32Array(width);
  for (let i = 0; i < made.rows; i++) {
    drawCells(row, made.numbers, random);
    y[i] = random.uniform() < sigmoid(leavingScore(row, made.numbers, effects)) ? 1 : 0;
    for (let j = 0; j < width; j++) x[j * made.rows + i] = row[j]!;
  }
  return { x, y };
}

/** Shapes that customers' numbers have: bell, skewed amount, share, small count, and one that follows another. */
function drawCells(row: Float32Array, numbers: number, random: Random): void {
  for (let j = 0; j < numbers; j++) {
    const normal = random.normal();
    if (j % 5 === 0) row[j] = normal;
    else if (j % 5 === 1) row[j] = Math.exp(normal);
    else if (j % 5 === 2) row[j] = random.uniform();
    else if (j % 5 === 3) row[j] = Math.floor(2 * Math.abs(normal) ** 1.5);
    else row[j] = 0.7 * (row[j - 4]! || 0) + 0.7 * normal;
  }
  for (let j = 0; j < numbers; j++) if (random.uniform() < MISSING_SHARE) row[j] = Number.NaN;
  for (let j = numbers; j < row.length; j++) {
    // Some levels are common and some rare, as plans and countries are.
    row[j] = random.uniform() < MISSING_SHARE ? Number.NaN : Math.floor(LEVELS * random.uniform() ** 2);
  }
}

/** Log-odds of leaving: bends, steps and interactions of the first 25 numbers, and every category's levels. */
function leavingScore(row: Float32Array, numbers: number, effects: readonly Float64Array[]): number {
  const at = (j: number, missing: number) => (Number.isNaN(row[j]) ? missing : row[j]!);
  let score =
    0.5 * at(0, 0) +
    0.8 * Math.sin(2 * at(5, 0)) +
    0.5 * Math.min(at(1, 1), 4) * (at(2, 0.5) - 0.5) +
    (at(3, 6) > 2 ? 0.7 : 0) +
    0.6 * at(10, 0) * at(15, 0) -
    0.8 * Math.log1p(at(6, 0)) +
    1.5 * (at(7, 0.9) - 0.5) ** 2 * 4 +
    (at(8, 0) > 3 && at(12, 0) > 0.6 ? 1.4 : 0) +
    0.4 * Math.abs(at(14, 0)) +
    0.3 * at(4, 0) * (at(13, 0) > 1 ? 1 : -1) +
    0.5 * Math.tanh(at(20, 0) + at(19, 0)) -
    0.35 * Math.min(at(18, 0), 5) * at(17, 0.5) +
    (Number.isNaN(row[22]) ? 0.8 : 0.6 * Math.cos(6 * row[22]!));
  effects.forEach((effect, c) => {
    score += effect[at(numbers + c, LEVELS)]! * (at(2, 0.5) > 0.5 || c % 4 > 0 ? 1 : -0.5);
  });
  return INTERCEPT + SCALE * score;
}

/** Gives a base rate near 20 %. */
const INTERCEPT = -2.3;
/** Gives an AUC near 0.83 to a model of a million rows. */
const SCALE = 1.2;

/** One effect per level, and the last for missing. */
function levelEffects(categories: number, random: Random): Float64Array[] {
  return Array.from({ length: categories }, () =>
    Float64Array.from({ length: LEVELS + 1 }, () => 0.25 * random.normal()),
  );
}
