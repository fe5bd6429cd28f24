import { expect, it } from 'vitest';
import { flagFigures } from '../../src/flags/count-figures.js';
import { parseFlag } from '../../src/flags/expression.js';
import { raisedBy } from '../../src/flags/flag.js';
import { repeatRows } from '../../src/flags/flag-rows.js';
import { makeTable } from '../../src/tables/table.js';

const rows = {
  table: makeTable([{ kind: 'number', name: 'x', values: Float64Array.of(1, 2, 3, 4) }]),
  churned: Uint8Array.of(0, 1, 0, 1),
  snapshot: Int32Array.of(0, 0, 1, 1),
};

it('lets a row stand for as many accounts as its weight says', () => {
  const repeated = repeatRows(rows, [2, 0, 1, 3]);
  expect([...repeated.churned]).toEqual([0, 0, 0, 1, 1, 1]);
  expect([...repeated.snapshot]).toEqual([0, 0, 1, 1, 1, 1]);
  const { accounts, churned } = flagFigures(raisedBy(parseFlag('x >= 3'), repeated.table), repeated);
  expect([accounts, churned]).toEqual([4, 3]);
});

it('refuses weights that are no numbers of accounts', () => {
  expect(() => repeatRows(rows, [1, 1, 0.5, 1])).toThrow(/whole weight .* found 0\.5/);
  expect(() => repeatRows(rows, [1, 1, -1, 1])).toThrow(/found -1/);
  expect(() => repeatRows(rows, [1, 1])).toThrow(/each of 4 rows, found 2 weights/);
});
