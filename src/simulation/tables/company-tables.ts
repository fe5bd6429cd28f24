import type { SimulatedTables } from './canonical-tables.js';
import type { SimulatedTable } from './table.js';

/** A company in raw tables, and the truth behind them by file name without ending. */
export interface SimulatedCompanyTables {
  readonly tables: SimulatedTables;
  readonly truth: Readonly<Record<string, SimulatedTable | Readonly<Record<string, unknown>>>>;
  /** The scenario in one sentence. */
  readonly description: string;
}
