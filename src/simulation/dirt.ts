import { permutation, type Random } from '../math/random.js';
import type { SimulatedColumn } from './columns.js';

/** Rows that the export spoils. */
export interface Dirt {
  /** Rows of the written table, counted from 0, that hold a cell which is no number. */
  readonly malformedRows: readonly number[];
  /** Rows of the written table that repeat an earlier row exactly. */
  readonly duplicateRows: readonly number[];
}

/** A table with dirt, and the account behind each of its rows. */
export interface DirtyTable extends Dirt {
  readonly columns: readonly SimulatedColumn[];
  readonly accountOfRow: Int32Array;
}

/** What broken numbers look like, one column after the other. */
const spoilers: readonly { column: string; spoil: (text: string) => string }[] = [
  { column: 'mrr', spoil: (text) => text.replace('.', 'O.') },
  { column: 'tenure_months', spoil: (text) => `${text} months?` },
  { column: 'seats', spoil: () => '#REF!' },
];

/**
 * Spoils one cell in 0.25 % of the accounts and repeats 0.6 % of the others once, further down; shares are
 * rounded to whole rows.
 */
export function addDirt(columns: readonly SimulatedColumn[], accounts: number, random: Random): DirtyTable {
  const order = permutation(accounts, random);
  const malformed = order.slice(0, Math.round(accounts * 0.0025));
  const repeated = order.slice(malformed.length, malformed.length + Math.round(accounts * 0.006));
  const accountOfRow = insertRepeats(accounts, repeated, random);
  const spoiled = spoilCells(columns, malformed);
  return {
    columns: spoiled.map(({ name, cells }) => ({
      name,
      cells: Array.from(accountOfRow, (account) => cells[account]!),
    })),
    accountOfRow,
    malformedRows: rowsOf(new Set(malformed), accountOfRow),
    duplicateRows: repeatsOf(accountOfRow),
  };
}

function spoilCells(columns: readonly SimulatedColumn[], accounts: Int32Array): SimulatedColumn[] {
  return columns.map(({ name, cells }) => {
    const which = spoilers.findIndex(({ column }) => column === name);
    if (which < 0) return { name, cells };
    const dirty = [...cells];
    for (let i = which; i < accounts.length; i += spoilers.length) {
      dirty[accounts[i]!] = spoilers[which]!.spoil(cells[accounts[i]!] ?? '');
    }
    return { name, cells: dirty };
  });
}

/** 0 … accounts − 1 in order, with each repeated account once more at a random later place. */
function insertRepeats(accounts: number, repeated: Int32Array, random: Random): Int32Array {
  const places = Array.from({ length: accounts }, (_, account) => ({ account, place: account }));
  for (const account of repeated) {
    places.push({ account, place: account + (accounts - account) * random.uniform() });
  }
  return Int32Array.from(
    places.sort((a, b) => a.place - b.place),
    ({ account }) => account,
  );
}

function rowsOf(accounts: ReadonlySet<number>, accountOfRow: Int32Array): number[] {
  return [...accountOfRow.keys()].filter((row) => accounts.has(accountOfRow[row]!));
}

function repeatsOf(accountOfRow: Int32Array): number[] {
  const seen = new Set<number>();
  return [...accountOfRow.keys()].filter((row) => {
    const repeats = seen.has(accountOfRow[row]!);
    seen.add(accountOfRow[row]!);
    return repeats;
  });
}
