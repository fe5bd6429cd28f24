import type { RawTable, TextColumn } from '../src/tables/raw-table.js';

/** A raw table of text columns from simple comma-separated lines: no quotes; an empty cell is absent. */
export function rawTable(csv: string): RawTable {
  const [header, ...lines] = csv.split('\n').map((line) => line.split(','));
  const columns = header!.map((name, i): TextColumn => {
    const levels = [...new Set(lines.map((cells) => cells[i]!).filter((text) => text !== ''))];
    const codes = Int32Array.from(lines, (cells) => levels.indexOf(cells[i]!));
    return { kind: 'text', name, codes, levels };
  });
  return { rows: lines.length, columns, rowNumbers: Float64Array.from(lines, (_, i) => i + 1) };
}
