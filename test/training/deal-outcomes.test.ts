import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import type { RawTable } from '../../src/tables/raw-table.js';
import { dealOutcomes } from '../../src/training/deal-outcomes.js';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const table: RawTable = {
  rows: 10,
  rowNumbers: Float64Array.from({ length: 10 }, (_, row) => row + 1),
  columns: [
    // The first two accounts stand twice.
    { kind: 'text', name: 'id', codes: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 0, 1), levels: ids },
    { kind: 'text', name: 'left', codes: Int32Array.of(0, 1, 1, 1, 1, 1, 1, 0, 0, 1), levels: ['yes', 'no'] },
    { kind: 'number', name: 'logins', values: Float64Array.from({ length: 10 }, (_, row) => row) },
  ],
};
const codesOf = (raw: RawTable) => {
  const column = raw.columns[1]!;
  return column.kind === 'text' ? [...column.codes] : [];
};

describe('dealOutcomes', () => {
  it('keeps one outcome an account, as many of each, and all other columns', () => {
    const decks = Array.from({ length: 20 }, (_, seed) =>
      dealOutcomes(table, { target: 'left', id: 'id', random: seededRandom(seed) }),
    );
    for (const dealt of decks) {
      const codes = codesOf(dealt);
      expect(codes.slice(0, 8).filter((code) => code === 0)).toHaveLength(2);
      expect(codes.slice(8)).toEqual(codes.slice(0, 2));
      expect([dealt.columns[0], dealt.columns[2]]).toEqual([table.columns[0], table.columns[2]]);
    }
    expect(new Set(decks.map((dealt) => codesOf(dealt).join())).size).toBeGreaterThan(8);
    expect(codesOf(table)[0]).toBe(0);
  });

  it('takes every row for an account without an id, and numbers for outcomes', () => {
    const dealt = dealOutcomes(table, { target: 'logins', random: seededRandom(1) });
    const column = dealt.columns[2]!;
    expect(column.kind === 'number' && [...column.values].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(column).not.toEqual(table.columns[2]);
  });

  it('names the columns when one is missing', () => {
    expect(() => dealOutcomes(table, { target: 'churned', random: seededRandom(1) })).toThrow(
      'there is no column "churned"; the table has "id", "left", "logins"',
    );
  });
});
