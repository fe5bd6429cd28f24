import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '../duckdb/sql-text.js';

export type SinkFormat = 'csv' | 'tsv' | 'parquet' | 'jsonl' | 'json' | 'xlsx';

/** A sheet's rows without the header: the format's limit. */
export const MOST_XLSX_ROWS = 1_048_575;

const COPY_OPTIONS: Record<Exclude<SinkFormat, 'xlsx'>, string> = {
  csv: `FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', COMPRESSION 'none'`,
  tsv: `FORMAT csv, HEADER true, DELIMITER '\t', QUOTE '"', ESCAPE '"', COMPRESSION 'none'`,
  parquet: 'FORMAT parquet, COMPRESSION snappy',
  jsonl: `FORMAT json, ARRAY false, COMPRESSION 'none'`,
  json: `FORMAT json, ARRAY true, COMPRESSION 'none'`,
};

/** Runs a query into a file that is already there, whatever its name's extension. */
export async function exportRows(
  connection: DuckDBConnection,
  query: string,
  format: SinkFormat,
  path: string,
): Promise<void> {
  if (format === 'xlsx') {
    const { writeXlsx } = await import('./write-xlsx.js');
    await writeXlsx(connection, query, path);
    return;
  }
  await connection.run(`COPY (${query}) TO ${quoteText(path)} (${COPY_OPTIONS[format]}, USE_TMP_FILE false)`);
}
