import type { RawColumn, RawTable } from '../tables/raw-table.js';

/** Brings chunks, each with levels of its own, onto common levels, in order of first appearance. */
export class LevelJoin {
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

  /** @param kinds what the columns hold when there is no chunk to show it */
  join(
    chunks: readonly RawTable[],
    names: readonly string[],
    kinds: readonly RawColumn['kind'][] = [],
  ): RawTable {
    const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
    const rowNumbers = joinNumbers(
      chunks.map((chunk) => chunk.rowNumbers),
      rows,
    );
    const columns = names.map((name, index): RawColumn => {
      const parts = chunks.map((chunk) => chunk.columns[index]!);
      const kind = parts[0]?.kind ?? kinds[index] ?? 'text';
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
