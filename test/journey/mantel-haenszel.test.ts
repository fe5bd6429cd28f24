import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { orderByAccount, riskDifferences } from '../../src/journey/mantel-haenszel.js';
import { type CountedStrata, countedRows } from './counted-rows.js';

interface Figures {
  readonly difference: number;
  readonly error: number;
  readonly p: number;
}

const { cases } = JSON.parse(
  readFileSync(new URL('../references/mantel-haenszel.json', import.meta.url), 'utf8'),
) as { cases: { name: string; strata: CountedStrata; adjusted: Figures; overall: Figures }[] };

describe('riskDifferences', () => {
  it.each(cases)('agrees with PythonMeta and statsmodels on $name', ({ strata, adjusted, overall }) => {
    const rows = countedRows(strata);
    const merged = { ...rows, stratum: rows.stratum.map(() => 0), strata: 1 };
    for (const [ours, theirs] of [
      [riskDifferences({ ...rows, strata: rows.levels.length }).adjusted, adjusted],
      [riskDifferences(merged).adjusted, overall],
    ] as const) {
      expect(ours.difference).toBeCloseTo(theirs.difference, 12);
      expect(ours.high - ours.difference).toBeCloseTo(1.959963984540054 * theirs.error, 12);
      expect(ours.p).toBeCloseTo(theirs.p, 12);
    }
  });

  it('learns nothing from seeing the same accounts twelve times', () => {
    const strata = { small: [60, 400, 20, 100], large: [3, 60, 25, 320] };
    const once = countedRows(strata);
    const often = countedRows(strata, 12);
    const account = Int32Array.from({ length: often.churned.length }, (_, row) => {
      const inStratum = row < 6000 ? row : row - 6000;
      return row < 6000 ? inStratum % 500 : 500 + (inStratum % 380);
    });
    const single = riskDifferences({ ...once, strata: 2 }).adjusted;
    const repeated = riskDifferences({ ...often, strata: 2, byAccount: orderByAccount(account) }).adjusted;
    expect(repeated.difference).toBeCloseTo(single.difference, 12);
    expect(repeated.low).toBeCloseTo(single.low, 12);
    expect(repeated.p).toBeCloseTo(single.p, 3);
  });

  it('leaves out missing cells and strata that say nothing, and trusts no p-value with few accounts', () => {
    const rows = countedRows({ a: [4, 6, 0, 7], b: [5, 5, 0, 0] });
    const held = { ...rows, holds: rows.holds.map((hold, row) => (row === 0 ? -1 : hold)), strata: 2 };
    expect(riskDifferences({ ...rows, strata: 2 }).adjusted).toMatchObject({
      difference: 4 / 6,
      p: 1,
      rows: 13,
    });
    expect(riskDifferences(held).adjusted).toMatchObject({ difference: 3 / 5, rows: 12 });
    expect(
      riskDifferences({ ...rows, stratum: rows.stratum.map(() => -1), strata: 2 }).adjusted,
    ).toMatchObject({
      difference: Number.NaN,
      p: 1,
      rows: 0,
    });
  });
});
