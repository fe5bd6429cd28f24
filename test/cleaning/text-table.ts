import { existsSync, readFileSync } from 'node:fs';
import type { RawTable, TextColumn } from '../../src/tables/raw-table.js';

/** A raw table of dictionary-coded text from rows of cells; `null` is an absent cell. */
export function textTable(names: readonly string[], rows: readonly (readonly (string | null)[])[]): RawTable {
  const columns = names.map((name, j): TextColumn => {
    const codeOf = new Map<string, number>();
    const codes = Int32Array.from(rows, (row) => {
      const text = row[j] ?? null;
      if (text === null) return -1;
      const code = codeOf.get(text) ?? codeOf.size;
      codeOf.set(text, code);
      return code;
    });
    return { kind: 'text', name, codes, levels: [...codeOf.keys()] };
  });
  return { rows: rows.length, columns, rowNumbers: Float64Array.from(rows, (_, i) => i + 1) };
}

/** As `textTable` for one column. */
export function textColumn(cells: readonly (string | null)[], name = 'x'): RawTable {
  return textTable(
    [name],
    cells.map((cell) => [cell]),
  );
}

const dataFolder = process.env['CHURNLAB_DATA'] ?? '../shared/data';

/** Whether the real tables are at hand (`CHURNLAB_DATA`, else `../shared/data`). */
export const hasRealData = existsSync(dataFolder);

/** A real table whose cells hold neither separators nor quotes of their own, as the flat ones here. */
export function realTable(file: string): RawTable {
  const lines = readFileSync(`${dataFolder}/${file}`, 'utf8').trimEnd().split(/\r?\n/);
  const [names, ...rows] = lines.map((line) => line.split(',').map((cell) => cell.replace(/^"(.*)"$/, '$1')));
  return textTable(names!, rows);
}
