import type { ColumnTable } from 'arquero';
import { countText } from '../charts/figure-text.js';
import { ChurnError } from '../errors.js';
import type { RawTable } from '../tables/raw-table.js';
import type { Table } from '../tables/table.js';
import { cellTexts } from './cell-text.js';
import { DEFAULT_ROWS, type DisplayOptions } from './display-options.js';
import { hasAll, isEstimate, isListOf, isRecord } from './shapes.js';
import type { ShownTable } from './shown-table.js';

/** Any table, cell by cell: only what is shown is read. */
interface Cells {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly at: (row: number) => unknown }[];
}

/** Columns that are shown at most. */
const MOST_COLUMNS = 25;

/**
 * A value that is a table, as one to show: Arquero's, filtered and ordered as they stand; our `Table` and
 * `RawTable`; a list of records; a record of single values as name and value. `null` for anything else.
 */
export function tableOf(value: unknown, options: DisplayOptions): ShownTable | null {
  const cells = cellsOf(value);
  if (cells !== null) return showCells(cells, options);
  return isFacts(value) ? showFacts(value, options) : null;
}

function cellsOf(value: unknown): Cells | null {
  if (isArquero(value)) {
    const columns = value
      .columnNames()
      .map((name) => ({ name, at: (row: number): unknown => value.get(name, row) }));
    return { rows: value.numRows(), columns };
  }
  if (isColumnar(value)) return columnarCells(value);
  return isListOf(value, isRecord) ? recordCells(value) : null;
}

function isArquero(value: unknown): value is ColumnTable {
  const methods = ['columnNames', 'numRows', 'get', 'objects'];
  return (
    typeof value === 'object' &&
    value !== null &&
    !isRecord(value) &&
    methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function')
  );
}

function isColumnar(value: unknown): value is Table | RawTable {
  return (
    hasAll(value, ['rows', 'columns']) &&
    typeof value.rows === 'number' &&
    Array.isArray(value.columns) &&
    value.columns.every(isColumn)
  );
}

function isColumn(column: unknown): boolean {
  if (!hasAll(column, ['kind', 'name'])) return false;
  return (
    (hasAll(column, ['values']) && ArrayBuffer.isView(column.values)) ||
    (hasAll(column, ['codes', 'levels']) && ArrayBuffer.isView(column.codes))
  );
}

function columnarCells({ rows, columns }: Table | RawTable): Cells {
  return {
    rows,
    columns: columns.map((column) => {
      const { name } = column;
      if ('codes' in column) return { name, at: (row) => column.levels[column.codes[row]!] ?? null };
      if (column.kind === 'instant') return { name, at: (row) => new Date(column.values[row]!) };
      return { name, at: (row) => column.values[row] };
    }),
  };
}

/** Columns are all names that any of the records has, in the order of their first appearance. */
function recordCells(records: readonly Readonly<Record<string, unknown>>[]): Cells {
  const names = new Set<string>();
  for (const record of records) for (const name of Object.keys(record)) names.add(name);
  return {
    rows: records.length,
    columns: [...names].map((name) => ({
      name,
      at: (row) => (Object.hasOwn(records[row]!, name) ? records[row]![name] : undefined),
    })),
  };
}

function showCells({ rows, columns }: Cells, options: DisplayOptions): ShownTable {
  const wanted = pickColumns(columns, options);
  const shown = wanted.slice(0, MOST_COLUMNS);
  const shownRows = Array.from({ length: Math.min(rows, options.rows ?? DEFAULT_ROWS) }, (_, row) => row);
  const written = shown.map(({ name, at }) => cellTexts(name, shownRows.map(at), options));
  return {
    caption: options.caption ?? null,
    columns: written.map(({ title, kind }) => ({ title, kind })),
    rows: shownRows.map((row) => written.map(({ texts }) => texts[row]!)),
    footer: footerOf([
      ...partOf(shownRows.length, rows, 'rows'),
      ...partOf(shown.length, wanted.length, 'columns'),
    ]),
  };
}

/** @throws ChurnError `missing-column` when a named column is not there */
function pickColumns(columns: Cells['columns'], { columns: names, units, digits }: DisplayOptions) {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const find = (name: string) => {
    const column = byName.get(name);
    if (column !== undefined) return column;
    const known = columns.map((one) => `"${one.name}"`).join(', ');
    throw new ChurnError(
      'missing-column',
      `displayBundle: there is no column "${name}"; the table has ${known}`,
    );
  };
  for (const name of Object.keys({ ...units, ...digits })) find(name);
  return names === undefined ? columns : names.map(find);
}

type Facts = Readonly<Record<string, unknown>>;

/** A record of single values, such as counts and dates. */
function isFacts(value: unknown): value is Facts {
  if (!isRecord(value)) return false;
  const parts = Object.values(value);
  return parts.length > 0 && parts.every(isSingle);
}

const isSingle = (part: unknown): boolean =>
  part === null || typeof part !== 'object'
    ? typeof part !== 'function'
    : part instanceof Date || isEstimate(part);

/** Each value by itself: a count and a rate in one column have nothing to share. */
function showFacts(facts: Facts, options: DisplayOptions): ShownTable {
  const all = Object.entries(facts).map(([name, value]) => ({ name, at: () => value }));
  const wanted = pickColumns(all, options);
  const shown = wanted.slice(0, options.rows ?? DEFAULT_ROWS);
  const written = shown.map(({ name, at }) => cellTexts(name, [at(0)], options));
  const isNumeric = written.every(({ kind, texts }) => kind === 'number' || texts[0] === '–');
  return {
    caption: options.caption ?? null,
    columns: [
      { title: 'Name', kind: 'text' },
      { title: 'Value', kind: isNumeric ? 'number' : 'text' },
    ],
    rows: written.map(({ title, texts }) => [title, texts[0]!]),
    footer: footerOf(partOf(shown.length, wanted.length, 'rows')),
  };
}

function partOf(shown: number, all: number, what: string): string[] {
  return shown < all ? [`${countText(shown)} of ${countText(all)} ${what}`] : [];
}

const footerOf = (parts: readonly string[]): string | null => (parts.length === 0 ? null : parts.join(', '));
