import { CONTRACTS } from '../contracts/catalogue.js';
import { contractColumns, sqlType, type TableName } from '../contracts/contract.js';
import type { AppendColumn, Database, SqlType } from '../sources/duckdb/database.js';
import type { RawTable } from '../tables/raw-table.js';
import { ATTRIBUTES_TABLE } from './company.js';
import type { MappedChunk } from './map-chunk.js';
import type { Cells } from './read-column.js';

/** While a workspace is loaded, tables whose accounts come from subscriptions keep the subscription in this column. */
export const LINK_COLUMN = 'through_subscription';
/** While a workspace is loaded: what the accounts' file says of leaving. */
export const CHURN_FLAGS_TABLE = 'account_churn_flags';

/** Writes mapped rows into a canonical table. */
export class TableWriter {
  private readonly types: readonly SqlType[];

  constructor(
    private readonly database: Database,
    private readonly table: TableName,
    private readonly attributeNames: readonly string[],
    private readonly hasLink: boolean,
  ) {
    const own = contractColumns(CONTRACTS[table]).map(({ kind }) => sqlType(kind));
    this.types = [...own, 'VARCHAR', 'BIGINT', ...(hasLink ? (['VARCHAR'] as const) : [])];
  }

  async write(mapped: MappedChunk, chunk: RawTable, file: string): Promise<void> {
    const { kept } = mapped;
    if (kept.length === 0) return;
    const columns: AppendColumn[] = mapped.cells.map((cells) => pick(cells, kept));
    columns.push(new Array<string>(kept.length).fill(file), pick(chunk.rowNumbers, kept));
    if (this.hasLink)
      columns.push(
        mapped.subscriptions ? pick(mapped.subscriptions, kept) : new Array<null>(kept.length).fill(null),
      );
    await this.database.append(this.table, this.types, columns);
    if (this.table === 'accounts') await this.writeExtras(mapped);
  }

  /** The accounts' own columns, one row each, as text until all of them are seen. */
  private async writeExtras({ kept, cells, attributes, churnFlags }: MappedChunk): Promise<void> {
    const ids = pick(cells[0]!, kept);
    for (const [index, values] of attributes.entries()) {
      const name = new Array<string>(kept.length).fill(this.attributeNames[index]!);
      const none = new Float64Array(kept.length).fill(Number.NaN);
      await this.database.append(
        ATTRIBUTES_TABLE,
        ['VARCHAR', 'VARCHAR', 'VARCHAR', 'DOUBLE'],
        [ids, name, pick(values, kept), none],
      );
    }
    if (churnFlags)
      await this.database.append(CHURN_FLAGS_TABLE, ['VARCHAR', 'BOOLEAN'], [ids, pick(churnFlags, kept)]);
  }
}

function pick(cells: Cells, rows: readonly number[]): AppendColumn {
  if (cells instanceof Float64Array)
    return rows.length === cells.length ? cells : Float64Array.from(rows, (row) => cells[row]!);
  return rows.length === cells.length ? cells : rows.map((row) => cells[row]!);
}
