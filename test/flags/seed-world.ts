import { permutation, type Random, seededRandom } from '../../src/math/random.js';
import { type FactCounts, factCells, factCounts } from '../../src/simulation/tables/fact-cells.js';
import { type Column, makeTable, type Table } from '../../src/tables/table.js';

/** Accounts of which three harmless signs together mean leaving, among columns of noise. */
export interface SeedWorld {
  readonly table: Table;
  readonly churned: Uint8Array;
  /** 1 where all three signs show. */
  readonly truth: Uint8Array;
}

/**
 * The scenario `seed-fact` as one flat table: the same counts of signs and leavers, the signs as numbers whose thresholds
 * are not given away, and seventeen columns that mean nothing.
 *
 * @param members accounts with all three signs; 42.3 % of them leave whatever their number
 */
export function seedWorld({
  seed,
  accounts = 20_000,
  members = Math.round((260 * accounts) / 20_000),
  noise = 17,
}: {
  seed: number;
  accounts?: number;
  members?: number;
  noise?: number;
}): SeedWorld {
  const random = seededRandom(seed).fork('seed world');
  const rows = factCells(withMembers(factCounts(accounts), members)).flatMap((cell) =>
    Array.from({ length: cell.accounts }, (_, i) => ({ ...cell, left: i < cell.leave ? 1 : 0 })),
  );
  const order = permutation(rows.length, random.fork('order'));
  const dealt = Array.from(order, (place) => rows[place]!);
  const draw = random.fork('signs');
  const signs: Column[] = [
    numbers('days_since_login', dealt.length, (row) =>
      dealt[row]!.silent ? 14 + Math.min(96, waiting(16, draw)) : Math.min(13, waiting(4.5, draw)),
    ),
    numbers('cases_28d', dealt.length, (row) =>
      dealt[row]!.busy ? 11 + waiting(4, draw) : Math.min(10, waiting(2.5, draw)),
    ),
    numbers('csat', dealt.length, (row) => (dealt[row]!.unhappy ? 1 + draw.integer(4) : 5 + draw.integer(6))),
  ];
  return {
    table: makeTable([...signs, ...noiseColumns(dealt.length, noise, random.fork('noise'))]),
    churned: Uint8Array.from(dealt, ({ left }) => left),
    truth: Uint8Array.from(dealt, ({ silent, busy, unhappy }) => (silent && busy && unhappy ? 1 : 0)),
  };
}

/** The same pairs beside more or fewer accounts with all three signs. */
function withMembers(counts: FactCounts, members: number): FactCounts {
  const more = members - counts.allThree.accounts;
  const leave = Math.round(0.423 * members);
  const pair = (name: 'silentBusy' | 'silentUnhappy' | 'busyUnhappy') => ({
    accounts: counts[name].accounts + more,
    leave: counts[name].leave + leave - counts.allThree.leave,
  });
  return {
    ...counts,
    silentBusy: pair('silentBusy'),
    silentUnhappy: pair('silentUnhappy'),
    busyUnhappy: pair('busyUnhappy'),
    allThree: { accounts: members, leave },
  };
}

/** Columns that mean nothing: whole numbers, measures, amounts, categories. */
export function noiseColumns(rows: number, count: number, random: Random): Column[] {
  return Array.from({ length: count }, (_, i): Column => {
    const name = `noise_${i + 1}`;
    if (i % 4 === 3) {
      const levels = ['north', 'south', 'east', 'west'].slice(0, 2 + (i % 3));
      return { kind: 'category', name, levels, codes: codes(rows, levels.length, random) };
    }
    if (i % 4 === 0) return numbers(name, rows, () => random.normal());
    if (i % 4 === 1) return numbers(name, rows, () => waiting(20, random));
    return numbers(name, rows, () => Math.round(-5e4 * Math.log(1 - random.uniform())) / 100);
  });
}

function codes(rows: number, levels: number, random: Random): Int32Array {
  return Int32Array.from({ length: rows }, () => random.integer(levels));
}

function numbers(name: string, rows: number, of: (row: number) => number): Column {
  return { kind: 'number', name, values: Float64Array.from({ length: rows }, (_, row) => of(row)) };
}

/** A whole waiting time with the given mean before it is cut down. */
function waiting(mean: number, random: Random): number {
  return Math.floor(-mean * Math.log(1 - random.uniform()));
}

/** Shared rows ÷ rows of either. */
export function jaccard(one: Uint8Array, other: Uint8Array): number {
  let [both, either] = [0, 0];
  one.forEach((inside, row) => {
    both += inside & other[row]!;
    either += inside | other[row]!;
  });
  return either === 0 ? 0 : both / either;
}
