import { describe, expect, it } from 'vitest';
import { describeReversal } from '../../src/journey/reversal-words.js';
import { simpsonCheck } from '../../src/journey/simpson.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import type { CategoryColumn, NumberColumn } from '../../src/tables/table.js';
import { type CountedStrata, countedRows } from './counted-rows.js';

function check(strata: CountedStrata, times = 1) {
  const { churned, holds, stratum, levels } = countedRows(strata, times);
  const fact: NumberColumn = { kind: 'number', name: 'fact', values: Float64Array.from(holds) };
  return simpsonCheck({
    churned,
    facts: [fact],
    strata: [{ kind: 'category', name: 'part', codes: stratum, levels }],
  });
}

// Bickel, Hammel and O'Connell (1975): admitted women and men, by department.
const berkeley = {
  A: [89, 108, 512, 825],
  B: [17, 25, 353, 560],
  C: [202, 593, 120, 325],
  D: [131, 375, 138, 417],
  E: [94, 393, 53, 191],
  F: [24, 341, 22, 373],
};
// Charig et al. (1986): open surgery against keyhole surgery, by size of the stone.
const kidneyStones = { small: [81, 87, 234, 270], large: [192, 263, 55, 80] };

describe('simpsonCheck', () => {
  it('sees Berkeley turn around in department A, and not beyond doubt on average', () => {
    const { reversals, looked } = check(berkeley);
    expect(looked).toBe(2);
    expect(reversals).toHaveLength(1);
    expect(reversals[0]).toMatchObject({
      column: 'fact',
      stratum: 'part',
      turnsOnAverage: false,
      turnsIn: ['A'],
    });
    expect(reversals[0]?.overall.difference).toBeCloseTo(557 / 1835 - 1198 / 2691, 12);
    expect(reversals[0]?.strata[0]?.difference).toBeCloseTo(89 / 108 - 512 / 825, 12);
  });

  it('leaves the kidney stones in doubt with 700 patients, and not with 7,000', () => {
    expect(check(kidneyStones).reversals).toEqual([]);
    const [reversal] = check(kidneyStones, 10).reversals;
    expect(reversal).toMatchObject({ turnsOnAverage: true, turnsIn: ['small', 'large'] });
    expect(describeReversal(reversal!)).toBe(
      'fact >= 1: leaving is 4.6 points (2.7 to 6.4) less frequent over all, but 5.4 points (3.3 to 7.5) more frequent inside part (surely in small, large)',
    );
  });

  it('finds a planted reversal among fifty columns of noise, and by account with repeated rows', () => {
    const { churned, facts, segment } = company(6000, seededRandom(1), { effect: 0.6 });
    const twice = <T extends Uint8Array | Int32Array | Float64Array>(cells: T) =>
      (cells.constructor as unknown as { from(cells: number[]): T }).from([...cells, ...cells]);
    for (const accounts of [null, Int32Array.from({ length: 12_000 }, (_, row) => row % 6000)]) {
      const { reversals } = simpsonCheck(
        accounts
          ? {
              churned: twice(churned),
              facts: facts.map((fact) => ({ ...fact, values: twice(fact.values) })),
              strata: [{ ...segment, codes: twice(segment.codes) }],
              accounts,
            }
          : { churned, facts, strata: [segment] },
      );
      expect(reversals.map(({ column, turnsOnAverage }) => [column, turnsOnAverage])).toEqual([
        ['planted', true],
      ]);
      expect(reversals[0]?.overall.difference).toBeGreaterThan(0);
      expect(reversals[0]?.adjusted.difference).toBeLessThan(0);
    }
  });

  it('reports nothing where a segment explains all: at most 7 in 100 companies', () => {
    const seeds = Array.from({ length: 100 }, (_, seed) => seededRandom(seed));
    const reported = seeds.filter((random) => {
      const { churned, segment } = company(600, random, { effect: 1 });
      const facts = Array.from(
        { length: 12 },
        (_, i): NumberColumn => ({
          kind: 'number',
          name: `frequent in small ${i}`,
          values: Float64Array.from(segment.codes, (code) =>
            Number(random.uniform() < [0.8, 0.5, 0.2][code]!),
          ),
        }),
      );
      return simpsonCheck({ churned, facts, strata: [segment] }).reversals.length > 0;
    });
    expect(reported.length).toBeLessThanOrEqual(7);
  });

  it('looks at no fact inside itself', () => {
    const part: CategoryColumn = {
      kind: 'category',
      name: 'part',
      codes: Int32Array.of(0, 1),
      levels: ['a', 'b'],
    };
    expect(simpsonCheck({ churned: Uint8Array.of(0, 1), facts: [part], strata: [part] }).looked).toBe(0);
  });
});

/** Small accounts leave most; a planted fact is frequent among them and multiplies everybody's chance to leave. */
function company(rows: number, random: Random, { effect }: { effect: number }) {
  const segment: CategoryColumn = {
    kind: 'category',
    name: 'segment',
    codes: Int32Array.from({ length: rows }, () => random.integer(3)),
    levels: ['small', 'midsize', 'enterprise'],
  };
  const fact = Float64Array.from(segment.codes, (code) =>
    Number(random.uniform() < [0.95, 0.4, 0.05][code]!),
  );
  const churned = Uint8Array.from(segment.codes, (code, row) => {
    const rate = [0.5, 0.15, 0.05][code]! * (fact[row] === 1 ? effect : 1);
    return Number(random.uniform() < rate);
  });
  const noise = Array.from(
    { length: 50 },
    (_, i): NumberColumn => ({
      kind: 'number',
      name: `noise ${i}`,
      values: Float64Array.from({ length: rows }, () => random.normal()),
    }),
  );
  return {
    churned,
    segment,
    facts: [{ kind: 'number', name: 'planted', values: fact } as NumberColumn, ...noise],
  };
}
