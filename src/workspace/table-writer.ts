import { CONTRACTS } from '../contracts/catalogue.js';
import { contractColumns, sqlType, type TableName } from '../contracts/contract.js';
import type { AppendColumn, Database } from '../sources/duckdb/database.js';
import type { RawTable } from '../tables/raw-table.js';
import { AppendBuffer } from './append-buffer.js';
import { ATTRIBUTES_TABLE } from './company.js';
import type { MappedChunk } from './map-chunk.js';
import type { Cells } from './read-column.js';

/** While a workspace is loaded, tables whose accounts come from subscriptions keep the subscription in this column. */
export const LINK_COLUMN = 'through_subscription';
/** While a workspace is loaded: what the accounts' file says of leaving. */
export const CHURN_FLAGS_TABLE = 'account_churn_flags';

/** Writes mapped rows into a canonical table, and what the accounts have besides; `finish` it when done. */
export class TableWriter {
  private readonly rows: AppendBuffer;
  private readonly attributes: AppendBuffer;
  private readonly churnFlags: AppendBuffer;

  constructor(
    database: Database,
    table: TableName,
    private readonly attributeNames: readonly string[],
    private readonly hasLink: boolean,
  ) {
    const own = contractColumns(CONTRACTS[table]).map(({ kind }) => sqlType(kind));
    const link = hasLink ? (['VARCHAR'] as const) : [];
    this.rows = new AppendBuffer(database, table, [...own, 'VARCHAR', 'BIGINT', ...link]);
    this.attributes = new AppendBuffer(database, ATTRIBUTES_TABLE, [
      'VARCHAR',
      'VARCHAR',
      'VARCHAR',
      'DOUBLE',
    ]);
    this.churnFlags = new AppendBuffer(database, CHURN_FLAGS_TABLE, ['VARCHAR', 'BOOLEAN']);
  }

  async write(mapped: MappedChunk, chunk: RawTable, file: string): Promise<void> {
    const { kept, cells, attributes, churnFlags, subscriptions } = mapped;
    if (kept.length === 0) return;
    const columns = cells.map((column) => pick(column, kept));
    columns.push(new Array<string>(kept.length).fill(file), pick(chunk.rowNumbers, kept));
    if (this.hasLink)
      columns.push(subscriptions ? pick(subscriptions, kept) : new Array<null>(kept.length).fill(null));
    await this.rows.add(columns);
    // An account's id is the first of its columns.
    const ids = columns[0]!;
    for (const [index, values] of attributes.entries()) {
      const name = new Array<string>(kept.length).fill(this.attributeNames[index]!);
      const noNumber = new Float64Array(kept.length).fill(Number.NaN);
      await this.attributes.add([ids, name, pick(values, kept), noNumber]);
    }
    if (churnFlags) await this.churnFlags.add([ids, pick(churnFlags, kept)]);
  }

  async finish(): Promise<void> {
    for (const buffer of [this.rows, this.attributes, this.churnFlags]) await buffer.flush();
  }
}

function pick(cells: Cells, rows: readonly number[]): AppendColumn {
  if (cells instanceof Float64Array)
    return rows.length === cells.length ? cells : Float64Array.from(rows, (row) => cells[row]!);
  return rows.length === cells.length ? cells : rows.map((row) => cells[row]!);
}
