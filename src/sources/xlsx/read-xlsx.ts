import readExcelFile from 'read-excel-file/node';
import { ChurnError } from '../../errors.js';
import type { Note, RawTable } from '../../tables/raw-table.js';
import { badFile } from '../bad-file.js';
import { tidyColumnNames } from '../column-names.js';
import type { Source } from '../source.js';
import { type CellValue, type ColumnKind, ValueChunk, valueText, widenKind } from '../value-columns.js';

type Rows = readonly (readonly CellValue[])[];

/**
 * Opens one sheet of an Excel file: its first row that is not blank holds the names. Columns of nothing but
 * numbers or dates keep their type, all others are text; a formula's error (`#N/A`) is a missing cell.
 *
 * The format cannot be streamed: the whole file is held in memory until `close`.
 */
export async function openXlsx(path: string, sheetName?: string): Promise<Source> {
  const { rows, notes: sheetNotes } = await readSheet(path, sheetName);
  const filled = rows.filter((row) => row.some(isFilled));
  const [header, ...records] = filled;
  if (!header) throw badFile(path, 'has no cells on its sheet');
  if (records.length === 0) throw badFile(path, 'has a header and no rows');
  const used = [...header.keys()].filter((index) => filled.some((row) => isFilled(row[index])));
  const { names, notes } = tidyColumnNames(used.map((index) => valueText(header[index] ?? '')));
  const kinds = used.map((index) => columnKind(records, index));
  let read = 0;
  return {
    path,
    format: 'xlsx',
    columnNames: names,
    notes: [...sheetNotes, ...notes],
    async *chunks() {
      read = 0;
      for (const chunk of rowChunks(records, used, new ValueChunk(names, kinds))) {
        read += chunk.rows;
        yield chunk;
      }
    },
    rejects: () => [],
    rejectCount: 0,
    get readCount() {
      return read;
    },
    close: async () => {},
  };
}

function isFilled(cell: CellValue): boolean {
  return cell !== null && cell !== undefined;
}

async function readSheet(path: string, sheetName?: string): Promise<{ rows: Rows; notes: Note[] }> {
  const sheets = await readExcelFile(path, { trim: false }).catch((error: unknown) => {
    throw badFile(path, 'is not a readable Excel file: it is damaged or cut short', error);
  });
  const names = sheets.map(({ sheet }) => `"${sheet}"`).join(', ');
  const found = sheetName === undefined ? sheets[0] : sheets.find(({ sheet }) => sheet === sheetName);
  if (!found) {
    throw new ChurnError('bad-option', `${path} has no sheet "${sheetName}"; its sheets are ${names}`, {
      path,
    });
  }
  const notes: Note[] = [];
  if (sheetName === undefined && sheets.length > 1) {
    notes.push({
      kind: 'first-sheet',
      message: `${path} has ${sheets.length} sheets (${names}) and the first was read; --sheet names another`,
    });
  }
  return { rows: found.data as Rows, notes };
}

function columnKind(records: Rows, index: number): ColumnKind {
  let kind: ColumnKind | null = null;
  for (const record of records) kind = widenKind(kind, record[index]);
  return kind ?? 'text';
}

function* rowChunks(records: Rows, used: readonly number[], chunk: ValueChunk): Generator<RawTable> {
  for (const [row, record] of records.entries()) {
    for (const [column, index] of used.entries()) chunk.set(column, record[index]);
    chunk.endRow(row + 1);
    if (chunk.isFull) yield chunk.take();
  }
  if (chunk.rows > 0) yield chunk.take();
}
