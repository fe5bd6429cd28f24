import type { Cells } from './cells.js';
import type { CellCounts } from './cross-fit.js';

/** Rows and churned rows of the whole table. */
interface Totals {
  readonly rows: number;
  readonly leavers: number;
}

/** `"Complain" alone reaches AUC 0.997: 2,034 of 2,044 rows with 1 churned; …` */
export function describeSkill(
  name: string,
  auc: number,
  cells: Cells,
  counts: CellCounts,
  totals: Totals,
): string {
  const risky = cellsAbove(counts, 0.5);
  const churned = sumOf(counts.totalChurned, risky);
  const rows = sumOf(counts.totalRows, risky);
  if (churned === rows && churned === totals.leavers) {
    return `"${name}" is a copy of the outcome: ${all(rows)} ${withCells(risky, cells)} churned and none of the ${count(totals.rows - rows)} others; leave it out`;
  }
  return `"${name}" alone reaches AUC ${auc.toFixed(3)}: ${count(churned)} of ${count(rows)} ${withCells(risky, cells)} churned; it looks like the answer in disguise`;
}

/** Who has a value and who has none. */
export function describeMissingness(
  name: string,
  { missing }: Cells,
  counts: CellCounts,
  { rows, leavers }: Totals,
): string {
  const presentChurned = leavers - counts.totalChurned[missing]!;
  const presentStayed = rows - counts.totalRows[missing]! - presentChurned;
  return (
    `"${name}" is present in ${count(presentChurned)} of ${count(leavers)} churned rows and in ` +
    `${count(presentStayed)} of ${count(rows - leavers)} others: whether it is missing mirrors the outcome, as if it were filled in afterwards`
  );
}

/** The levels that hold nearly only churners, and how many. */
export function describePureLevels(
  name: string,
  cells: Cells,
  counts: CellCounts,
  purity: number,
  { leavers }: Totals,
): string {
  const pure = cellsAbove(counts, purity).filter(
    (cell) => cell !== cells.missing && cells.single[cell] && counts.totalRows[cell]! > 2,
  );
  const churned = sumOf(counts.totalChurned, pure);
  const rows = sumOf(counts.totalRows, pure);
  return `"${name}": ${count(churned)} of ${count(rows)} ${withCells(pure, cells)} churned, ${Math.round((100 * churned) / leavers)} % of all who churned; it looks like something known only afterwards`;
}

/** Cells in which at least that share churned, riskiest first. */
function cellsAbove({ cells, totalRows, totalChurned }: CellCounts, share: number): number[] {
  const rate = (cell: number) => totalChurned[cell]! / totalRows[cell]!;
  return Array.from({ length: cells }, (_, cell) => cell)
    .filter((cell) => rate(cell) >= share)
    .sort((a, b) => rate(b) - rate(a) || totalRows[b]! - totalRows[a]!);
}

const shownCells = 3;
const longestLabel = 40;

function withCells(risky: readonly number[], { labels }: Cells): string {
  const shown = risky.slice(0, shownCells).map((cell) => labels[cell]!.slice(0, longestLabel));
  const more = risky.length > shownCells ? ` and ${risky.length - shownCells} more values` : '';
  return `rows with ${shown.join(', ')}${more}`;
}

function all(rows: number): string {
  return `all ${count(rows)}`;
}

function sumOf(counts: Float64Array, cells: readonly number[]): number {
  return cells.reduce((sum, cell) => sum + counts[cell]!, 0);
}

function count(rows: number): string {
  return rows.toLocaleString('en-US');
}
