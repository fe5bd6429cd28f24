import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openEngine } from '../../src/sources/duckdb/engine.js';
import { quoteText } from '../../src/sources/duckdb/sql-text.js';
import { openSource } from '../../src/sources/open-source.js';
import type { Source, SourceOptions } from '../../src/sources/source.js';
import { cellText, type RawTable } from '../../src/tables/raw-table.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that goes when the test file is done. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'churnlab-test-sources-'));
  folders.push(folder);
  return folder;
}

/** Writes a file and returns its path. */
export function writeInto(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A table's cells as texts, row by row. */
export function cellRows(raw: RawTable): (string | null)[][] {
  return Array.from({ length: raw.rows }, (_, row) => raw.columns.map((column) => cellText(column, row)));
}

/** All that streaming a file gives, with what must hold of every file checked on the way. */
export async function drain(path: string, options: SourceOptions = {}) {
  const source = await openSource(path, options);
  try {
    const rows: (string | null)[][] = [];
    const rowNumbers: number[] = [];
    const kinds: string[] = [];
    for await (const chunk of source.chunks()) {
      rows.push(...cellRows(chunk));
      rowNumbers.push(...chunk.rowNumbers);
      kinds.splice(0, kinds.length, ...chunk.columns.map(({ kind }) => kind));
    }
    checkCounts(source, rowNumbers);
    const rejects = source.rejects().map(({ rowNumber, column, reason }) => [rowNumber, column, reason]);
    return { source, rows, rowNumbers, kinds, rejects };
  } finally {
    await source.close();
  }
}

function checkCounts(source: Source, rowNumbers: readonly number[]): void {
  const all = [...rowNumbers, ...source.rejects().map(({ rowNumber }) => rowNumber)].sort((a, b) => a - b);
  const isComplete = all.length === source.readCount && all.every((number, index) => number === index + 1);
  const isCounted = rowNumbers.length + source.rejectCount === source.readCount;
  if (!isComplete || !isCounted) throw new Error(`read ${source.readCount}, found the rows ${all.join(' ')}`);
}

/** Writes a query's result as a Parquet file. */
export async function writeParquet(path: string, query: string): Promise<string> {
  const engine = await openEngine({ onDisk: false });
  try {
    await engine.connection.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet)`);
    return path;
  } finally {
    await engine.close();
  }
}
