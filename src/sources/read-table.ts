import type { Note, RawTable, Reject } from '../tables/raw-table.js';
import { hashFile } from './hash-file.js';
import { LevelJoin } from './level-join.js';
import { openSource } from './open-source.js';
import type { SourceFormat, SourceOptions } from './source.js';

/** A whole table in memory, and what was learned while reading it. */
export interface ReadTable {
  readonly raw: RawTable;
  /** The first 100,000; `read − raw.rows` counts all. */
  readonly rejects: readonly Reject[];
  /** Records in the file, header apart: rows kept + rows rejected. */
  readonly read: number;
  readonly notes: readonly Note[];
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly format: SourceFormat;
}

/**
 * Reads a whole file into memory.
 *
 * @throws ChurnError `bad-file` as `openSource` does.
 * @example
 * const { raw, rejects, read } = await readTable('customers.csv');
 * raw.rows + rejects.length === read; // true
 */
export async function readTable(path: string, options: SourceOptions = {}): Promise<ReadTable> {
  const source = await openSource(path, options);
  try {
    const chunks: RawTable[] = [];
    const joined = new LevelJoin(source.columnNames.length);
    for await (const chunk of source.chunks()) chunks.push(joined.recode(chunk));
    return {
      raw: joined.join(chunks, source.columnNames),
      rejects: source.rejects(),
      read: source.readCount,
      notes: source.notes,
      sha256: await hashFile(path),
      format: source.format,
    };
  } finally {
    await source.close();
  }
}
