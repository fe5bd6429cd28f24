import { describe, expect, it } from 'vitest';
import { bestContact, contactPlan, profitCurve } from '../../src/evaluation/profit.js';

describe('profitCurve', () => {
  it('sums saved value less contacts: nobody 0, the riskiest 4, both 3', () => {
    const curve = profitCurve(Float64Array.of(0.9, 0.2), Uint8Array.of(1, 0), {
      contactCost: 1,
      saveValue: 10,
      saveRate: 0.5,
    });
    expect(curve.map(({ accounts, profit }) => [accounts, profit])).toEqual([
      [0, 0],
      [1, 4],
      [2, 3],
    ]);
  });

  it.each([
    [
      { contactCost: -1, saveValue: 1, saveRate: 1 },
      'profit: contactCost must be a finite amount from 0, found -1',
    ],
    [{ contactCost: 1, saveValue: Infinity, saveRate: 1 }, 'saveValue'],
    [
      { contactCost: 1, saveValue: 1, saveRate: 1.1 },
      'profit: saveRate must be a share in [0, 1], found 1.1',
    ],
  ])('refuses %j', (terms, message) => {
    expect(() => profitCurve(Float64Array.of(0.5), Uint8Array.of(1), terms)).toThrow(message);
  });
});

it('contactPlan goes from nobody to everybody by rising numbers of accounts', () => {
  for (const rows of [1, 10, 70, 1_000]) {
    const plan = contactPlan(rows);
    expect(plan[0]).toEqual({ share: 0, accounts: 0 });
    expect(plan.at(-1)!.accounts).toBe(rows);
    expect(plan.every(({ accounts }, i) => i === 0 || accounts > plan[i - 1]!.accounts)).toBe(true);
  }
  expect(contactPlan(1_000)).toHaveLength(36);
});

it('bestContact prefers fewer contacts at equal profit', () => {
  expect(bestContact([0, 5, 3, 5])).toBe(1);
  expect(bestContact([0, -1])).toBe(0);
});
