import type { Note, RawTable, Reject } from '../tables/raw-table.js';

/** The file formats that tables are read from. Gzipped TSV counts as `csv.gz`: the delimiter is found, not told. */
export type SourceFormat = 'csv' | 'tsv' | 'csv.gz' | 'parquet' | 'json' | 'jsonl' | 'xlsx';

export interface SourceOptions {
  /** The sheet of an Excel file; without it the first. */
  readonly sheet?: string;
  /** The delimiter of a text file, one ASCII character; without it the file shows which. */
  readonly delimiter?: string;
}

/**
 * A table in a file, read as a stream in flat memory.
 *
 * Whatever is read is either kept or rejected: `readCount` = rows of all chunks + `rejectCount`.
 */
export interface Source {
  readonly path: string;
  readonly format: SourceFormat;
  /** The names after tidying: no white space at the ends or doubled inside, none empty, none twice. */
  readonly columnNames: readonly string[];
  /** What was odd about the file as a whole: names changed, several sheets, a damaged encoding. */
  readonly notes: readonly Note[];
  /**
   * The rows in file order, a few thousand a chunk, text dictionary-coded per chunk. Every call reads the
   * file anew and restarts the counts.
   *
   * @throws ChurnError `bad-file` when the file turns out damaged on the way.
   */
  chunks(): AsyncIterable<RawTable>;
  /** The rows that could not be read: the first 100,000 of them; `rejectCount` counts all. */
  rejects(): readonly Reject[];
  /** Known once `chunks()` is drained. */
  readonly rejectCount: number;
  /** Known once `chunks()` is drained. */
  readonly readCount: number;
  close(): Promise<void>;
}
