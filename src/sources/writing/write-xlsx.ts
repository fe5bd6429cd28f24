import { writeFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import writeExcelFile, { type Row } from 'write-excel-file/node';

/** Writes a query's result as the one sheet of an Excel file, in memory. */
export async function writeXlsx(connection: DuckDBConnection, query: string, path: string): Promise<void> {
  const result = await connection.stream(query);
  const rows: Row[] = [result.columnNames().map((value) => ({ value, type: String, fontWeight: 'bold' }))];
  for await (const chunk of result) {
    for (const row of chunk.getRows()) rows.push(row.map(xlsxCell));
  }
  await writeFile(path, await writeExcelFile(rows).toBuffer());
}

function xlsxCell(value: unknown): string | number | null {
  return typeof value === 'bigint' ? Number(value) : (value as string | number | null);
}
