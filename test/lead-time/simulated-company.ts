import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTRACTS, TABLE_NAMES } from '../../src/contracts/catalogue.js';
import { contractColumns, sqlType } from '../../src/contracts/contract.js';
import { type SimulationOptions, simulateTables } from '../../src/simulation/tables/simulate.js';
import { cellText, columnOf, type SimulatedTable, tableCsv } from '../../src/simulation/tables/table.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';

export interface SimulatedCompany {
  readonly company: Company;
  /** Planted days from the first sign of a trouble to its danger, by the simulator's name of the aspect. */
  readonly plantedDays: ReadonlyMap<string, number>;
}

/** A simulated company in a database; what lies after the day of extraction is not observed. */
export async function simulatedCompany(options: Required<SimulationOptions>): Promise<SimulatedCompany> {
  const { tables, truth } = simulateTables(options);
  const empty = await makeCompany({}, { observedUntil: Date.UTC(2023, options.months, 1) });
  const folder = mkdtempSync(join(tmpdir(), 'lead-time-'));
  try {
    for (const table of TABLE_NAMES) {
      const file = join(folder, `${table}.csv`);
      for (const piece of tableCsv(tables[table])) appendFileSync(file, piece);
      const present = new Set(tables[table].columns.map(({ name }) => name));
      const columns = contractColumns(CONTRACTS[table]).filter(({ name }) => present.has(name));
      const cells = columns.map(({ name, kind }) => `CAST(${name} AS ${sqlType(kind)})`);
      await empty.database.run(
        `INSERT INTO ${table} (${columns.map(({ name }) => name).join(', ')})
         SELECT ${cells.join(', ')} FROM read_csv('${file}', header = true, all_varchar = true)`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return {
    company: { ...empty, tables: new Set(TABLE_NAMES) },
    plantedDays: plantedDays(truth['lead-times'] as SimulatedTable),
  };
}

function plantedDays(table: SimulatedTable): Map<string, number> {
  const cell = (name: string, row: number) => cellText(columnOf(table, name), row)!;
  return new Map(
    Array.from({ length: table.rows }, (_, row) => [cell('aspect', row), Number(cell('lead_days', row))]),
  );
}
