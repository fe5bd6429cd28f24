import type { SimulatedCompanyTables } from './company-tables.js';
import { type SimulatedTable, tableCsv } from './table.js';

/**
 * The files of a simulated company with their path inside its folder and their text in pieces:
 * `accounts.csv` and the other canonical tables, then `truth/…`. Nothing is cleaned or neutralised.
 *
 * @example
 * const simulated = simulateTables({ accounts: 50, months: 6, seed: 7 });
 * await writeFolderAtomically('company', Object.fromEntries(simulatedFiles(simulated)));
 */
export function* simulatedFiles({
  tables,
  truth,
}: SimulatedCompanyTables): Generator<readonly [path: string, pieces: Iterable<string>]> {
  for (const [name, table] of Object.entries(tables)) yield [`${name}.csv`, tableCsv(table)];
  for (const [stem, content] of Object.entries(truth)) {
    if (isTable(content)) yield [`truth/${stem}.csv`, tableCsv(content)];
    else yield [`truth/${stem}.json`, [`${JSON.stringify(content, null, 2)}\n`]];
  }
}

const isTable = (content: SimulatedTable | Readonly<Record<string, unknown>>): content is SimulatedTable =>
  Array.isArray(content['columns' as never]);
