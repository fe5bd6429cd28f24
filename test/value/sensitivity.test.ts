import { describe, expect, it } from 'vitest';
import { settleAssumptions } from '../../src/value/settle-assumptions.js';
import { valueOfChurn } from '../../src/value/value-of-churn.js';

const facts = {
  accounts: 400,
  monthlyRevenueCents: 20_000_000,
  monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
  currency: 'EUR',
};
const { sensitivity, changes, contact } = valueOfChurn(facts);

describe('sensitivity', () => {
  it('starts from the figures told elsewhere', () => {
    expect(sensitivity.map(({ cents }) => cents)).toEqual([
      changes[0]!.customerBaseGainCents.value,
      changes[0]!.horizons.at(-1)!.companyValueCents.value,
      contact.breakEvenCostCents.value,
    ]);
  });

  it('names the inputs of each figure and no others, the widest swing first', () => {
    expect(sensitivity.map(({ rows }) => rows.map(({ input }) => input))).toEqual([
      ['discountRate', 'grossMargin', 'monthlyRevenueChurn', 'keepingCostShare'],
      ['revenueMultiple', 'monthlyRevenueChurn'],
      [
        'savedValueShare',
        'saveRate',
        'listPrecision',
        'monthlyLogoChurn',
        'grossMargin',
        'discountRate',
        'keepingCostShare',
      ],
    ]);
    for (const { rows } of sensitivity) {
      const swings = rows.map(({ swingCents }) => swingCents);
      expect(swings).toEqual([...swings].sort((a, b) => b - a));
    }
  });

  it('gives what a whole new reckoning with that one input gives', () => {
    for (const { input, low, high } of sensitivity[0]!.rows) {
      for (const end of [low, high]) {
        const churn = { value: end.input, low: end.input, high: end.input };
        const again =
          input === 'monthlyRevenueChurn'
            ? valueOfChurn({ ...facts, monthlyRevenueChurn: churn })
            : valueOfChurn(facts, settleAssumptions({ [input]: end.input }));
        expect(again.changes[0]!.customerBaseGainCents.value).toBeCloseTo(end.cents, 5);
      }
    }
  });

  it('by hand: the break-even cost at a save rate of 10 % is a third of that at 30 %', () => {
    const row = sensitivity[2]!.rows.find(({ input }) => input === 'saveRate')!;
    expect(row.low.input).toBe(0.1);
    expect(row.low.cents).toBeCloseTo(sensitivity[2]!.cents / 3, 6);
  });

  it('leaves out an input that is known exactly', () => {
    const known = valueOfChurn(facts, settleAssumptions({ revenueMultiple: 4 }));
    expect(known.sensitivity[1]!.rows.map(({ input }) => input)).toEqual(['monthlyRevenueChurn']);
  });
});
