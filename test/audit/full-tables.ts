import { CONTRACTS, TABLE_NAMES } from '../../src/contracts/catalogue.js';
import { type Contract, type ContractColumn, contractColumns } from '../../src/contracts/contract.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import type { Cell } from '../../src/sources/duckdb/database.js';
import type { FixtureTables } from '../company-fixture.js';

const DAY = 86_400_000;
const FROM = Date.UTC(2023, 5, 1);
const DAYS = 580;

/** Rows at random in every table, on both sides of every instant, with every column filled in here and there. */
export function fullTables(accounts: number, seed = 1): FixtureTables {
  const random = seededRandom(seed);
  const ids = Array.from({ length: accounts }, (_, i) => `a${String(i).padStart(3, '0')}`);
  return Object.fromEntries(
    TABLE_NAMES.map((table) => {
      const draw = random.fork(table);
      const perAccount = table === 'accounts' ? 1 : 6;
      const rows = ids.flatMap((id) =>
        Array.from({ length: perAccount }, (_, i) => row(CONTRACTS[table], id, `${id} ${i}`, draw)),
      );
      return [table, rows];
    }),
  );
}

function row(contract: Contract, account: string, key: string, random: Random): Record<string, Cell> {
  const happened = FROM + Math.floor(random.uniform() * DAYS) * DAY;
  const cells = contractColumns(contract).map((column): [string, Cell] => {
    if (column.name === 'account_id') return [column.name, account];
    if (column.name === contract.key) return [column.name, key];
    if (column.name === 'recorded_at') {
      return [column.name, random.uniform() < 0.5 ? null : happened + random.integer(60) * DAY];
    }
    if (contract.knownAt.includes(column.name)) return [column.name, happened];
    if (!column.required && random.uniform() < 0.3) return [column.name, null];
    return [column.name, cell(column, happened, random)];
  });
  return Object.fromEntries(cells);
}

function cell({ kind, cell }: ContractColumn, happened: number, random: Random): Cell {
  if (kind === 'instant') return happened + random.integer(200) * DAY;
  if (kind === 'flag') return random.uniform() < 0.5;
  if (kind === 'choice') {
    const words = (cell as unknown as { options: string[] }).options;
    return words[random.integer(words.length)]!;
  }
  if (kind === 'text') return ['red', 'green', 'blue'][random.integer(3)]!;
  return 1 + random.integer(kind === 'cents' ? 10_000 : 6);
}
