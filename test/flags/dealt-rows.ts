import fc from 'fast-check';
import type { FlagRows } from '../../src/flags/flag-rows.js';
import { makeTable } from '../../src/tables/table.js';

/** Rows of one text each, column by column: `flagRows({ a: '1101' }, '1001', '0011')`; a space is missing. */
export function flagRows(
  columns: Readonly<Record<string, string>>,
  churned: string,
  snapshot = churned.replace(/./g, '0'),
): FlagRows {
  const numbers = Object.entries(columns).map(([name, digits]) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.from(digits, (digit) => (digit === ' ' ? Number.NaN : Number(digit))),
  }));
  return {
    table: makeTable(numbers, churned.length),
    churned: Uint8Array.from(churned, Number),
    snapshot: Int32Array.from(snapshot, Number),
  };
}

/** Every way to deal the outcomes anew inside each snapshot, each equally likely. */
export function dealings({ churned, snapshot }: FlagRows): Uint8Array[] {
  const left = (at: number, outcomes: Uint8Array) =>
    outcomes.reduce((sum, outcome, row) => sum + (snapshot[row] === at ? outcome : 0), 0);
  const all = Array.from({ length: 2 ** churned.length }, (_, bits) =>
    churned.map((_, row) => (bits >> row) & 1),
  );
  return all.filter((outcomes) =>
    [...new Set(snapshot)].every((at) => left(at, outcomes) === left(at, churned)),
  );
}

/** A few rows of up to two snapshots with two features of 0 and 1. */
export const fewRows: fc.Arbitrary<FlagRows> = fc
  .array(fc.record({ a: fc.nat(1), b: fc.nat(1), churned: fc.nat(1), snapshot: fc.nat(1) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((rows) => {
    const text = (key: 'a' | 'b' | 'churned' | 'snapshot') => rows.map((row) => row[key]).join('');
    return flagRows({ a: text('a'), b: text('b') }, text('churned'), text('snapshot'));
  });
