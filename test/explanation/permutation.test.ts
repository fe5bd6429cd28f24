import { describe, expect, it } from 'vitest';
import { permutationImportance } from '../../src/explanation/permutation.js';
import { seededRandom } from '../../src/math/random.js';
import { sigmoid } from '../../src/models/model.js';
import { columnNamed, makeTable, type NumberColumn, type Table } from '../../src/tables/table.js';

const random = seededRandom(11);
const rows = 600;
const numbers = (name: string): NumberColumn => ({
  kind: 'number',
  name,
  values: Float64Array.from({ length: rows }, () => random.normal()),
});
const plan = {
  kind: 'category' as const,
  name: 'plan',
  levels: ['basic', 'plus'],
  codes: Int32Array.from({ length: rows }, () => random.integer(2)),
};
const table = makeTable([numbers('logins'), numbers('noise'), plan]);

/** Logins matter much, the plan a little, noise is not looked at. */
function predict(from: Table): Float64Array {
  const logins = columnNamed(from, 'logins');
  const plans = columnNamed(from, 'plan');
  if (logins.kind !== 'number' || plans.kind !== 'category') throw new Error('wrong kind');
  return logins.values.map((value, row) => sigmoid(1.5 * value + 0.8 * plans.codes[row]! - 0.4));
}
const churned = Uint8Array.from(predict(table), (p) => (random.uniform() < p ? 1 : 0));

describe('permutationImportance', () => {
  const importances = permutationImportance(predict, table, churned, { random: seededRandom(1) });
  const [logins, noise, planned] = importances.map(({ loss }) => loss);

  it('orders features by what the model loses without them', () => {
    expect(importances.map(({ feature }) => feature)).toEqual(['logins', 'noise', 'plan']);
    expect(logins!.low).toBeGreaterThan(planned!.high);
    expect(planned!.low).toBeGreaterThan(0);
    expect(logins!.low).toBeLessThan(logins!.value);
    expect(logins!.high).toBeGreaterThan(logins!.value);
    expect(noise).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('is the same by seed, and for a feature alone as in company', () => {
    const alone = permutationImportance(predict, table, churned, {
      random: seededRandom(1),
      features: ['plan'],
    });
    expect(alone).toEqual([importances[2]]);
  });

  it('leaves the table as it was', () => {
    const before = structuredClone(table);
    permutationImportance(predict, table, churned, { random: seededRandom(1), repeats: 1 });
    expect(table).toEqual(before);
  });

  it('is the exchange of two accounts, worked by hand', () => {
    // 0.9 for the churner and 0.2 for the other: exchanged, log loss grows by log(0.9/0.2) + log(0.8/0.1), halved.
    const two = makeTable([{ kind: 'number', name: 'p', values: Float64Array.of(0.9, 0.2) }]);
    const read = (from: Table) => (columnNamed(from, 'p') as NumberColumn).values;
    const exchanged = (Math.log(0.9 / 0.2) + Math.log(0.8 / 0.1)) / 2;
    const values = Array.from({ length: 20 }, (_, seed) =>
      permutationImportance(read, two, Uint8Array.of(1, 0), { random: seededRandom(seed), repeats: 1 }),
    ).map(([only]) => only!.loss.value);
    for (const value of values) {
      if (value !== 0) expect(value).toBeCloseTo(exchanged, 12);
    }
    expect(new Set(values.map((value) => value > 1))).toEqual(new Set([false, true]));
    const [averaged] = permutationImportance(read, two, Uint8Array.of(1, 0), {
      random: seededRandom(1),
      repeats: 400,
    });
    expect(averaged!.loss.value / exchanged).toBeCloseTo(0.5, 1);
  });

  it.each([
    [{ repeats: 0 }, 'bad-option', 'repeats must be a whole number from 1, found 0'],
    [{ features: ['price'] }, 'missing-column', 'column "price" is missing'],
  ])('refuses %j', (options, code, message) => {
    expect(() =>
      permutationImportance(predict, table, churned, { random: seededRandom(1), ...options }),
    ).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });

  it('refuses outcomes of another number of rows', () => {
    expect(() =>
      permutationImportance(predict, table, churned.subarray(1), { random: seededRandom(1) }),
    ).toThrow('600 probabilities with 599 outcomes');
  });
});
