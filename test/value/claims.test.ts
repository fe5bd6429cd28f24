import { describe, expect, it } from 'vitest';
import type { ValueFacts } from '../../src/value/facts.js';
import { settleAssumptions } from '../../src/value/settle-assumptions.js';
import { valueOfChurn } from '../../src/value/value-of-churn.js';

const exactly = (value: number) => ({ value, low: value, high: value });
const facts: ValueFacts = {
  accounts: 10,
  monthlyRevenueCents: 100_000,
  monthlyLogoChurn: exactly(0.2),
  currency: 'EUR',
};
const claimsOf = (own: ValueFacts, overrides: object = {}, horizonsMonths: readonly number[] = [3]) =>
  valueOfChurn(own, settleAssumptions(overrides), { horizonsMonths }).claims;

describe('five percent less churn brings 25 to 95 % more profit', () => {
  it('by hand, as profit: 0.7 × revenue less 40 % of today’s revenue as fixed costs', () => {
    // churn 0.2 → 0.1 with a claimed cut of one half: 0.7 × 2,440 − 1,200 = 508; 0.7 × 2,710 − 1,200 = 697
    const profit = claimsOf(facts, { claimedChurnCut: 0.5 })[2]!;
    expect(profit.measure).toMatchObject({ kind: 'profit-gain', change: { kind: 'relative', amount: -0.5 } });
    expect(profit.own!.value).toBeCloseTo(697 / 508 - 1, 9);
    expect(profit.standing).toBe('within');
  });

  it('by hand, as profit with a new account a month that costs 30 to win', () => {
    // months of 1,000, 900, 820 at 0.2 and 1,000, 1,000, 1,000 at 0.1; 0.7 × them − 1,200 − 90
    const own = { ...facts, newAccountsPerMonth: 1, acquisitionCostCents: 3_000 };
    const profit = claimsOf(own, { claimedChurnCut: 0.5 })[2]!;
    expect(profit.own!.value).toBeCloseTo((0.7 * 3_000 - 1_290) / (0.7 * 2_720 - 1_290) - 1, 9);
  });

  it('by hand, as worth of a customer: 70 × 1.1 ÷ (c + 0.1) less 100 for winning it', () => {
    const overrides = { claimedChurnCut: 0.5, discountRate: 1.1 ** 12 - 1 };
    const worth = claimsOf({ ...facts, acquisitionCostCents: 10_000 }, overrides)[0]!;
    expect(worth.own!.value).toBeCloseTo((385 - 100) / (770 / 3 - 100) - 1, 9);
    expect(worth.standing).toBe('within');
  });

  it('the authors’ own example: 10 % a year lost halved is five points, and doubles a lifetime', () => {
    const yearly = 1 - 0.9 ** (1 / 12);
    const slow = { discountRate: 0.0001, keepingCostShare: 0 };
    const claims = claimsOf({ ...facts, monthlyLogoChurn: exactly(yearly), acquisitionCostCents: 0 }, slow);
    // "retaining just 5 % more" by points: lifetime 9.5 → 19.5 years, almost 100 % more
    expect(claims[1]!.own!.value).toBeGreaterThan(0.95);
    expect(claims[1]!.own!.value).toBeLessThan(1.1);
    // by percent of the churn: 1 ÷ 0.95, five percent more
    expect(claims[0]!.own!.value).toBeCloseTo(1 / 0.95 - 1, 2);
    expect(claims[0]!.standing).toBe('below');
  });

  it('is unknown where there is no profit to grow', () => {
    const poor = claimsOf(facts, { fixedCostShare: 0.9, acquisitionCostRatio: 1_000 });
    expect(poor.slice(0, 4).map(({ own, standing }) => [own, standing])).toEqual(
      Array.from({ length: 4 }, () => [null, 'unknown']),
    );
  });

  it('is partly within where the interval of the churn reaches across an end of the claim', () => {
    const wide = claimsOf({ ...facts, monthlyLogoChurn: { value: 0.02, low: 0.001, high: 0.2 } }, {}, [36]);
    expect(wide.map(({ standing }) => standing)).toContain('overlaps');
  });
});

describe('other claims', () => {
  it('hold the measured cost of winning an account against five to 25 times that of keeping one', () => {
    const ratio = (acquisitionCostCents: number) => claimsOf({ ...facts, acquisitionCostCents })[4]!;
    // keeping costs 5 % of 1,200 a year: 60
    expect(ratio(60_000)).toMatchObject({ own: { value: 10 }, standing: 'within' });
    expect(ratio(12_000)).toMatchObject({ own: { value: 2 }, standing: 'below' });
    expect(ratio(600_000)).toMatchObject({ standing: 'above' });
    expect(claimsOf(facts)[4]).toMatchObject({ own: null, standing: 'unknown' });
  });

  it('hold the share of revenue from today’s accounts against 80 %', () => {
    expect(claimsOf(facts)[5]).toMatchObject({ own: null });
    const steady = claimsOf({ ...facts, newAccountsPerMonth: 2 })[5]!;
    // base held at ten accounts: 12 months × 1,000, of which Σ 0.8^k × 1,000
    expect(steady.own!.value).toBeCloseTo((1 - 0.8 ** 12) / 0.2 / 12, 9);
    expect(steady.standing).toBe('below');
  });

  it('are compared with, not reckoned with: changing them moves no other figure', () => {
    const own = { claimedProfitGain: 3, claimedExistingShare: 0.1, claimedChurnCut: 0.2 };
    const { claims: _, assumptions: __, ...moved } = valueOfChurn(facts, settleAssumptions(own));
    const { claims: ___, assumptions: ____, ...kept } = valueOfChurn(facts);
    expect(moved).toEqual(kept);
  });
});
