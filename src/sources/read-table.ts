import type { Note, RawColumn, RawTable, Reject } from '../tables/raw-table.js';
import { hashFile } from './hash-file.js';
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
 * raw.rows + rejects.length === read;
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

/** Brings chunks, each with levels of its own, onto common levels, in order of first appearance. */
class LevelJoin {
  private readonly codes: Map<string, number>[];

  constructor(columns: number) {
    this.codes = Array.from({ length: columns }, () => new Map<string, number>());
  }

  /** The same chunk with codes into the common levels, its own levels forgotten. */
  recode(chunk: RawTable): RawTable {
    const columns = chunk.columns.map((column, index): RawColumn => {
      if (column.kind !== 'text') return column;
      const common = this.codes[index]!;
      const mapping = Int32Array.from(column.levels, (level) => {
        const known = common.get(level);
        if (known !== undefined) return known;
        common.set(level, common.size);
        return common.size - 1;
      });
      const codes = column.codes.map((code) => (code < 0 ? -1 : mapping[code]!));
      return { ...column, codes, levels: [] };
    });
    return { ...chunk, columns };
  }

  join(chunks: readonly RawTable[], names: readonly string[]): RawTable {
    const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
    const rowNumbers = joinNumbers(
      chunks.map((chunk) => chunk.rowNumbers),
      rows,
    );
    const columns = names.map((name, index): RawColumn => {
      const parts = chunks.map((chunk) => chunk.columns[index]!);
      const kind = parts[0]?.kind ?? 'text';
      if (kind !== 'text') {
        return {
          kind,
          name,
          values: joinNumbers(
            parts.map((part) => (part.kind === 'text' ? [] : part.values)),
            rows,
          ),
        };
      }
      const codes = new Int32Array(rows);
      let at = 0;
      for (const part of parts) {
        if (part.kind !== 'text') continue;
        codes.set(part.codes, at);
        at += part.codes.length;
      }
      return { kind, name, codes, levels: [...this.codes[index]!.keys()] };
    });
    return { rows, columns, rowNumbers };
  }
}

function joinNumbers(parts: readonly ArrayLike<number>[], length: number): Float64Array {
  const joined = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
