import { expect, it } from 'vitest';
import type { FlagRows } from '../../src/flags/flag-rows.js';
import { triggerFindingSchema } from '../../src/flags/ledger.js';
import { findTriggers } from '../../src/flags/triggers.js';
import type { Condition } from '../../src/models/condition.js';
import { makeTable } from '../../src/tables/table.js';

/** Six of one snapshot, two of them left: both have `cases` above 10, one of them and one more has no `csat`. */
const six: FlagRows = {
  table: makeTable([
    { kind: 'number', name: 'cases', values: Float64Array.of(11, 12, 10, 1, 0, 3) },
    { kind: 'number', name: 'csat', values: Float64Array.of(Number.NaN, 4, Number.NaN, 4, 5, 2) },
    { kind: 'category', name: 'plan', codes: Int32Array.of(0, 0, 0, 0, 0, 0), levels: ['M'] },
  ]),
  churned: Uint8Array.of(1, 1, 0, 0, 0, 0),
  snapshot: new Int32Array(6),
};
const noCsat: Condition = { test: 'missing', feature: 'csat' };
const manyCases: Condition = { test: 'above', feature: 'cases', threshold: 10 };

it('counts each condition by itself, the riskiest first', () => {
  const found = findTriggers([noCsat, manyCases], six);
  for (const finding of found) triggerFindingSchema.parse(finding);
  expect(found.map(({ condition }) => condition)).toEqual([manyCases, noCsat]);
  expect(found.map(({ expression }) => expression)).toEqual(['cases > 10', 'csat is missing']);
  expect(found[0]!.figures).toMatchObject({
    accounts: 2,
    churned: 2,
    rate: 1,
    allAccounts: 6,
    allChurned: 2,
  });
  // Both leavers among 2 of 6: 1 of 15 pairs. At least one: 1 − 6/15. Holm doubles the smaller.
  expect(found[0]!.figures.p).toBeCloseTo(1 / 15, 12);
  expect(found[0]!.correctedP).toBeCloseTo(2 / 15, 12);
  expect(found[1]!.correctedP).toBeCloseTo(9 / 15, 12);
});

it('does not let one account of one lead before many of more', () => {
  const rows: FlagRows = {
    table: makeTable([{ kind: 'number', name: 'x', values: Float64Array.of(9, 1, 1, 1, 1, 1, 0, 0, 0, 0) }]),
    churned: Uint8Array.of(1, 1, 1, 1, 1, 0, 0, 0, 0, 0),
    snapshot: new Int32Array(10),
  };
  const conditions: Condition[] = [9, 1].map((value) => ({
    test: 'at-least',
    feature: 'x',
    threshold: value,
  }));
  // 1 of 1 is 21 to 100 %, 5 of 6 is 44 to 97 %.
  expect(findTriggers(conditions, rows).map(({ figures }) => figures.accounts)).toEqual([6, 1]);
});

it('puts conditions of equal rates in the order of their texts, and those that nobody meets last', () => {
  const conditions: Condition[] = [
    { test: 'above', feature: 'cases', threshold: 99 },
    { test: 'at-least', feature: 'cases', threshold: 11 },
    { test: 'equals', feature: 'plan', level: 'M' },
    manyCases,
  ];
  expect(findTriggers(conditions, six).map(({ expression }) => expression)).toEqual([
    'cases > 10',
    'cases >= 11',
    'plan is M',
    'cases > 99',
  ]);
  expect(findTriggers([], six)).toEqual([]);
});

it('names the feature that the rows lack', () => {
  expect(() => findTriggers([{ test: 'missing', feature: 'nps' }], six)).toThrow(/"nps" is missing/);
});
