import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHURN_FORMULA_NAMES, formulaPath } from '../../src/metrics/churn-formulas.js';
import { type Fraction, fraction, fractionText, plus, toNumber } from '../../src/metrics/fraction.js';
import { reconcileChurn, reconciliationLines, reconciliationSchema } from '../../src/metrics/reconcile.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';
import { TEN_ACCOUNTS } from './ten-accounts.js';

const read = (text: string): Fraction => {
  const [above, below = '1'] = text.split('/');
  return fraction(BigInt(above!), BigInt(below));
};

describe('two formulas for ten accounts in March 2024', () => {
  let company: Company;
  beforeAll(async () => {
    company = await makeCompany(TEN_ACCOUNTS);
  });
  afterAll(() => company.database.close());

  it('goes from opening base to exposure, step by step', async () => {
    const result = await reconcileChurn(company, '2024-03', { from: 'opening-base', to: 'exposure' });
    expect(reconciliationSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect([result.from.exact, result.to.exact]).toEqual(['1/2', '31/44']); // 3/6; 4 · 31 ÷ 176 days
    expect(result.steps.map(({ formula, exact }) => [formula, exact])).toEqual([
      ['with-joined-and-left', '1/6'], // h
      ['all-leavings', '0'],
      ['average-base', '0'], // as many at the end as at the start
      ['exposure', '5/132'], // 31/44 − 2/3
    ]);
    expect(reconciliationLines(result)).toEqual([
      '2024-03: Opening base 50.00 % (1/2); Exposure 70.45 % (31/44).',
      '+16.67 points (1/6) joined and left within the month',
      '+0.00 points (0) came back and left again within the month',
      '+0.00 points (0) denominator: opening or average base',
      '+3.79 points (5/132) denominator: average base or days paid',
      '+20.45 points in all.',
    ]);
  });

  it('goes from voluntary customer churn to net revenue churn through the root', async () => {
    const result = await reconcileChurn(company, '2024-03', { from: 'voluntary', to: 'net-revenue' });
    expect(result.steps.map(({ decision, exact }) => [decision.split(':')[0], exact])).toEqual([
      ['involuntary', '1/6'], // d
      ['reactivation', '-1/6'], // f is back
      ['weighting', '-7/39'], // 120/780 − 2/6
      ['contraction', '3/13'], // 180/780
      ['expansion', '-1/13'], // 60/780
    ]);
  });

  it.each(CHURN_FORMULA_NAMES.flatMap((from) => CHURN_FORMULA_NAMES.map((to) => [from, to] as const)))(
    'from %s to %s the steps add up exactly',
    async (from, to) => {
      const { steps, exact } = await reconcileChurn(company, '2024-03', { from, to });
      const sum = steps.reduce((total, step) => plus(total, read(step.exact)), fraction(0, 1));
      expect(fractionText(sum)).toBe(exact);
      expect(steps.length).toBe(formulaPath(from, to).length - 1);
    },
  );

  it('refuses months it cannot tell', async () => {
    await expect(reconcileChurn(company, '2024-13')).rejects.toThrow(/needed year and month as "2024-03"/);
    await expect(reconcileChurn(company, '2025-01')).rejects.toThrow(/wholly observed, 2024-12 or before/);
    await expect(reconcileChurn(company, '2024-01')).rejects.toThrow(/opening-base of 2024-01 divides by 0/);
  });

  it('needs subscriptions for revenue alone', async () => {
    const shop = await makeCompany(
      {
        accounts: [{ account_id: 'a', created_at: '2024-01-01' }],
        usage_events: [
          { account_id: 'a', occurred_at: '2024-01-05', event: 'visit' },
          { account_id: 'a', occurred_at: '2024-03-05', event: 'visit' },
        ],
      },
      { churn: { ...company.settings.churn, by: 'inactivity' } },
    );
    await expect(reconcileChurn(shop, '2024-02', { to: 'net-revenue' })).rejects.toThrow(
      /needed table subscriptions/,
    );
    expect((await reconcileChurn(shop, '2024-02')).difference).toBe(0);
    await shop.database.close();
  });
});

describe('fractions', () => {
  it('stay in lowest terms and come near as doubles', () => {
    expect(fraction(6, -8)).toEqual({ numerator: -3n, denominator: 4n });
    expect(fractionText(plus(fraction(1, 6), fraction(-2, 3)))).toBe('-1/2');
    expect(toNumber(fraction(10n ** 400n, 3n * 10n ** 400n))).toBeCloseTo(1 / 3, 15);
    expect(toNumber(fraction(10n ** 400n + 1n, 3n * 10n ** 400n))).toBeCloseTo(1 / 3, 12);
  });
});
