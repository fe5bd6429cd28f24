import { requireNames } from '../cleaning/nearest-name.js';
import { readTable } from '../sources/read-table.js';
import { cellText, type RawColumn, type RawTable } from '../tables/raw-table.js';
import { requireColumn } from './column-origin.js';
import type { IntakeLedger } from './ledger.js';
import type { JoinMapping, TableMapping } from './mapping.js';
import { locateFile } from './workspace-file.js';

/** A joined file in memory, found by its key. */
export interface Lookup {
  readonly join: JoinMapping;
  /** `as.column` of its columns that are not part of the key. */
  readonly names: readonly string[];
  readonly sha256: string;
  readonly read: number;
  /** Rows whose key an earlier row has, or that could not be read. */
  readonly unused: number;
  readonly raw: RawTable;
  readonly rowOf: ReadonlyMap<string, number>;
}

/**
 * Reads a mapping's joined files.
 *
 * @param key the mapping's place in the configuration
 * @param columns of the file that they are joined to
 * @throws ChurnError `bad-file`, `missing-column`
 */
export async function openLookups(
  mapping: TableMapping,
  key: string,
  columns: readonly string[],
  folder: string,
  ledger: IntakeLedger,
): Promise<Lookup[]> {
  const lookups: Lookup[] = [];
  const names = [...columns];
  for (const [index, join] of mapping.join.entries()) {
    const at = `${key}.join[${index}]`;
    for (const ours of Object.values(join.on)) requireColumn(ours, names, mapping.file, `${at}.on`);
    const lookup = await openLookup(locateFile(folder, join.file, at), join, at);
    lookups.push(lookup);
    names.push(...lookup.names);
    const { sha256, read, unused } = lookup;
    ledger.addSideFile({ file: join.file, sha256, read, unused });
    if (lookup.unused > 0) {
      ledger.note({
        kind: 'lookup-repeats',
        file: join.file,
        message: `${lookup.unused} of ${lookup.read} rows of ${join.file} are not used: unreadable, without a key, or with the key of an earlier row`,
      });
    }
  }
  return lookups;
}

/** Where a key stands twice, its first row counts. */
async function openLookup(path: string, join: JoinMapping, key: string): Promise<Lookup> {
  const { raw, read, sha256 } = await readTable(path, join.sheet === undefined ? {} : { sheet: join.sheet });
  const keys = Object.keys(join.on);
  requireNames(
    `${key}: ${join.file}`,
    keys,
    raw.columns.map(({ name }) => name),
  );
  const keyColumns = keys.map((name) => raw.columns.find((column) => column.name === name)!);
  const rowOf = new Map<string, number>();
  for (let row = 0; row < raw.rows; row++) {
    const text = keyText(keyColumns, row);
    if (text !== null && !rowOf.has(text)) rowOf.set(text, row);
  }
  const names = raw.columns.map(({ name }) => `${join.as}.${name}`);
  return { join, names, sha256, read, unused: read - rowOf.size, raw, rowOf };
}

/** The lookup's columns for a chunk's rows, and which rows found none. */
export function joinChunk(lookup: Lookup, chunk: RawTable): { columns: RawColumn[]; unmatched: number[] } {
  const keyColumns = Object.values(lookup.join.on).map(
    (name) => chunk.columns.find((column) => column.name === name)!,
  );
  const unmatched: number[] = [];
  const rows = new Int32Array(chunk.rows);
  for (let row = 0; row < chunk.rows; row++) {
    const text = keyText(keyColumns, row);
    rows[row] = (text === null ? undefined : lookup.rowOf.get(text)) ?? -1;
    if (rows[row] === -1) unmatched.push(row);
  }
  const columns = lookup.raw.columns.map((column, index) =>
    gather(column, rows, lookup.names[index]!, lookup.join.otherwise),
  );
  return { columns, unmatched };
}

function keyText(columns: readonly RawColumn[], row: number): string | null {
  const texts = columns.map((column) => cellText(column, row)?.trim() ?? null);
  return texts.includes(null) ? null : texts.join('\u0000');
}

/** The column's cells at `rows`, with levels that occur there alone; −1 is `otherwise`. */
function gather(column: RawColumn, rows: Int32Array, name: string, otherwise: string | undefined): RawColumn {
  if (column.kind !== 'text' && otherwise === undefined) {
    return {
      kind: column.kind,
      name,
      values: Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row]!)),
    };
  }
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(rows, (row) => {
    const text = row < 0 ? (otherwise ?? null) : cellText(column, row);
    if (text === null) return -1;
    const known = codeOf.get(text);
    if (known !== undefined) return known;
    codeOf.set(text, codeOf.size);
    return codeOf.size - 1;
  });
  return { kind: 'text', name, codes, levels: [...codeOf.keys()] };
}
