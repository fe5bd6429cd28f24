import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChurnError } from '../../src/errors.js';
import type { AssumptionKey } from '../../src/value/assumptions.js';
import type { ChurnChange } from '../../src/value/churn-change.js';
import type { ValueFacts } from '../../src/value/facts.js';
import { settleAssumptions } from '../../src/value/settle-assumptions.js';
import { valueOfChurn } from '../../src/value/value-of-churn.js';

/** A company of the reference, followed month by month. */
interface Followed
  extends Readonly<
    Record<
      | 'accounts'
      | 'revenue'
      | 'new_accounts'
      | 'churn'
      | 'rate'
      | 'cut'
      | 'account'
      | 'accountAfter'
      | 'breakEven'
      | 'existingShare',
      number
    >
  > {
  readonly horizons: readonly { readonly revenue: number; readonly company: number }[];
}
const reference: { readonly scenarios: Followed[] } = JSON.parse(
  readFileSync(new URL('../references/value.json', import.meta.url), 'utf8'),
);

const exactly = (value: number) => ({ value, low: value, high: value });
const facts: ValueFacts = {
  accounts: 10,
  monthlyRevenueCents: 100_000,
  monthlyLogoChurn: exactly(0.2),
  currency: 'EUR',
};
/** A month's wait costs a tenth, so that sums stay short. */
const tenthAMonth = settleAssumptions({ discountRate: 1.1 ** 12 - 1 });
const half: ChurnChange = { kind: 'relative', amount: -0.5 };

describe('worked by hand: ten accounts at 100 a month, 20 % churn a month halved', () => {
  const result = valueOfChurn(facts, tenthAMonth, { changes: [half], horizonsMonths: [3] });
  const [worth] = result.changes;

  it('revenue: 1,000 + 900 + 810 instead of 1,000 + 800 + 640', () => {
    expect(worth!.horizons[0]!.revenueCents.value).toBeCloseTo(27_000, 6);
  });

  it('company value: 729 instead of 512 in month four, × 12 × 5', () => {
    expect(worth!.horizons[0]!.companyValueCents.value).toBeCloseTo((72_900 - 51_200) * 12 * 5, 5);
    expect(result.today.companyValueCents).toBe(100_000 * 12 * 5);
  });

  it('lifetime: 10 months instead of 5, at 100 × (0.75 − 0.05) = 70 a month', () => {
    expect(result.today.lifetimeMonths.value).toBe(5);
    expect(worth!.lifetimeMonths.value).toBe(10);
    expect(result.today.lifetimeValueCents.value).toBeCloseTo(35_000, 8);
    expect(worth!.lifetimeValueCents.value).toBeCloseTo(70_000, 8);
  });

  it('present value: 70 × 1.1 ÷ 0.2 instead of 70 × 1.1 ÷ 0.3, for each of ten accounts', () => {
    expect(result.today.accountValueCents.value).toBeCloseTo(7_700 / 0.3, 6);
    expect(worth!.accountValueGainCents.value).toBeCloseTo(7_700 / 0.2 - 7_700 / 0.3, 6);
    expect(worth!.customerBaseGainCents.value).toBeCloseTo(10 * (7_700 / 0.2 - 7_700 / 0.3), 5);
  });

  it('replacements: 12 a year instead of 24, at 11 × 5 % of 1,200 each', () => {
    expect(result.today.acquisitionCostCents).toBeCloseTo(66_000, 8);
    expect(worth!.replacementSavedCents.value).toBeCloseTo(12 * 66_000, 6);
  });

  it('contact: three in ten leave, three in ten of them are saved, half of 256.67 each', () => {
    expect(result.contact.savedValueCents.value).toBeCloseTo(7_700 / 0.3 / 2, 6);
    expect(result.contact.breakEvenCostCents.value).toBeCloseTo((0.09 * 7_700) / 0.6, 6);
    expect(result.contact.breakEvenSaveRate.value).toBeCloseTo(2_000 / ((0.3 * 7_700) / 0.6), 9);
  });

  it('revenue follows revenue churn, lifetimes follow account churn', () => {
    const apart = valueOfChurn({ ...facts, monthlyRevenueChurn: exactly(0.1) }, tenthAMonth, {
      changes: [half],
      horizonsMonths: [2],
    });
    // 1,000 + 950 instead of 1,000 + 900
    expect(apart.changes[0]!.horizons[0]!.revenueCents.value).toBeCloseTo(5_000, 6);
    expect(apart.changes[0]!.lifetimeMonths.value).toBe(10);
    expect(apart.today.customerBaseValueCents.value).toBeCloseTo((10 * 7_700) / 0.2, 5);
  });
});

describe('authority: cohorts followed month by month (test/references/value.py)', () => {
  it.each(reference.scenarios)('$accounts accounts at churn $churn', (one) => {
    const { changes, today, contact, claims } = valueOfChurn(
      {
        accounts: one.accounts,
        monthlyRevenueCents: one.revenue,
        monthlyLogoChurn: exactly(one.churn),
        newAccountsPerMonth: one.new_accounts,
        currency: 'USD',
      },
      settleAssumptions({ discountRate: one.rate }),
      { changes: [{ kind: 'relative', amount: -one.cut }] },
    );
    const near = (found: number | null, wanted: number) => expect(found! / wanted).toBeCloseTo(1, 9);
    for (const [i, { revenue, company }] of one.horizons.entries()) {
      near(changes[0]!.horizons[i]!.revenueCents.value, revenue);
      near(changes[0]!.horizons[i]!.companyValueCents.value, company);
    }
    near(today.accountValueCents.value, one.account);
    near(changes[0]!.accountValueCents.value, one.accountAfter);
    near(contact.breakEvenCostCents.value, one.breakEven);
    const existing = claims.find(({ claim }) => claim === 'claimedExistingShare')!;
    if (one.new_accounts > 0) near(existing.own!.value, one.existingShare);
    else expect(existing.own).toBeNull();
  });
});

const churnRange = fc
  .tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map((three) => {
    const [low, value, high] = three.sort((a, b) => a - b) as [number, number, number];
    return { value, low, high };
  });
const anyFacts: fc.Arbitrary<ValueFacts> = fc.record({
  accounts: fc.integer({ min: 1, max: 1_000_000 }),
  monthlyRevenueCents: fc.integer({ min: 1, max: 1_000_000_000 }),
  monthlyLogoChurn: churnRange,
  monthlyRevenueChurn: churnRange,
  newAccountsPerMonth: fc.integer({ min: 0, max: 1_000 }),
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
});
const anyChange = (least: number, most: number): fc.Arbitrary<ChurnChange> =>
  fc.record({
    kind: fc.constantFrom('relative' as const, 'points' as const),
    amount: fc.double({ min: least, max: most, noNaN: true }),
  });
const gainsOf = (any: ValueFacts, changes: readonly ChurnChange[]) =>
  valueOfChurn(any, undefined, { changes }).changes.flatMap((one) => [
    one.accountValueGainCents,
    one.customerBaseGainCents,
    one.replacementSavedCents,
    ...one.horizons.flatMap(({ revenueCents, companyValueCents }) => [revenueCents, companyValueCents]),
  ]);

describe('laws', () => {
  it('lower churn is never worth less than nothing, not even at the ends of an interval', () => {
    fc.assert(
      fc.property(anyFacts, anyChange(-1, 0), (any, change) => {
        for (const { low, value, high } of gainsOf(any, [change])) {
          expect(low).toBeGreaterThanOrEqual(-1e-6 * Math.abs(high));
          expect(low).toBeLessThanOrEqual(value);
          expect(value).toBeLessThanOrEqual(high);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('no change is worth exactly nothing', () => {
    fc.assert(
      fc.property(anyFacts, anyChange(0, 0), (any, change) => {
        for (const { low, value, high } of gainsOf(any, [change])) {
          expect([low, value, high].every((cents) => cents === 0)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('a larger fall is worth no less than a smaller one', () => {
    fc.assert(
      fc.property(
        anyFacts,
        anyChange(-1, 0),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (any, change, part) => {
          const whole = gainsOf(any, [change]);
          gainsOf(any, [{ ...change, amount: change.amount * part }]).forEach(({ value }, i) => {
            expect(value).toBeLessThanOrEqual(whole[i]!.value + 1e-6 * Math.abs(whole[i]!.value) + 1e-6);
          });
        },
      ),
    );
  });

  it('company value is linear in the multiple, account value in the margin', () => {
    const at = (overrides: Partial<Record<AssumptionKey, number>>) =>
      valueOfChurn(facts, settleAssumptions({ keepingCostShare: 0, ...overrides }));
    const [two, six] = [at({ revenueMultiple: 2 }), at({ revenueMultiple: 6 })];
    expect(six.today.companyValueCents).toBe(3 * two.today.companyValueCents);
    two.changes.forEach(({ horizons }, i) => {
      horizons.forEach(({ companyValueCents, revenueCents }, j) => {
        const other = six.changes[i]!.horizons[j]!;
        expect(other.companyValueCents.value).toBeCloseTo(3 * companyValueCents.value, 5);
        expect(other.revenueCents).toEqual(revenueCents);
      });
    });
    expect(at({ grossMargin: 0.8 }).today.accountValueCents.value).toBeCloseTo(
      2 * at({ grossMargin: 0.4 }).today.accountValueCents.value,
      6,
    );
  });

  it('money scales with the revenue, and counts of accounts do not matter to it', () => {
    const whole = valueOfChurn(facts);
    const tripled = valueOfChurn({ ...facts, monthlyRevenueCents: 300_000, accounts: 30 });
    expect(tripled.changes[1]!.customerBaseGainCents.value).toBeCloseTo(
      3 * whole.changes[1]!.customerBaseGainCents.value,
      5,
    );
    expect(tripled.today.accountValueCents).toEqual(whole.today.accountValueCents);
  });

  it('at the break-even cost a contact brings exactly nothing', () => {
    const { contact } = valueOfChurn(facts);
    const assumptions = settleAssumptions({ contactCostCents: contact.breakEvenCostCents.value });
    expect(valueOfChurn(facts, assumptions).contact.profitCents.value).toBe(0);
  });

  it('a trip through JSON changes nothing', () => {
    const result = valueOfChurn({ ...facts, monthlyLogoChurn: { value: 0.02, low: 0, high: 0.1 } });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe('limits', () => {
  it('nobody leaves: lifetimes are endless, less churn is worth nothing, money stays finite', () => {
    const { today, changes } = valueOfChurn({ ...facts, monthlyLogoChurn: exactly(0) });
    expect(today.lifetimeMonths).toEqual({ value: null, low: null, high: null });
    expect(today.lifetimeValueCents.value).toBeNull();
    expect(today.accountValueCents.value).toBeGreaterThan(0);
    expect(changes.map(({ customerBaseGainCents }) => customerBaseGainCents.value)).toEqual([0, 0, 0, 0]);
    expect(changes.map(({ bounded }) => bounded)).toEqual([false, false, false, true]);
  });

  it('everybody leaves: one payment each, and only the present month’s revenue', () => {
    const { today } = valueOfChurn({ ...facts, monthlyLogoChurn: exactly(1) });
    expect(today.lifetimeMonths.value).toBe(1);
    expect(today.accountValueCents.value).toBeCloseTo(7_000, 8);
    expect(today.customerBaseValueCents.value).toBeCloseTo(70_000, 7);
  });

  it('a loss on every account: keeping it longer costs, and no contact pays', () => {
    const { changes, contact } = valueOfChurn(facts, settleAssumptions({ grossMargin: 0.02 }));
    expect(changes[0]!.customerBaseGainCents.value).toBeLessThan(0);
    expect(changes[0]!.horizons[0]!.revenueCents.value).toBeGreaterThan(0);
    expect(contact.breakEvenCostCents.value).toBeLessThan(0);
    expect(contact.breakEvenSaveRate).toEqual({ value: null, low: null, high: null });
    expect(contact.profitCents.value).toBe(contact.breakEvenCostCents.value - 2_000);
  });

  it.each([
    [{ accounts: 0 }, /accounts must be above 0: without accounts no churn has a worth, found 0/],
    [{ accounts: Number.NaN }, /accounts must be above 0/],
    [{ monthlyRevenueCents: 0 }, /monthlyRevenueCents must be above 0, in cents, found 0/],
    [{ currency: 'euro' }, /currency must be three capitals of ISO 4217, as "EUR", found "euro"/],
    [
      { monthlyLogoChurn: { value: 2, low: 1, high: 3 } },
      /monthlyLogoChurn must be shares.*low 1, value 2, high 3/,
    ],
    [{ monthlyRevenueChurn: { value: 0.1, low: 0.2, high: 0.3 } }, /monthlyRevenueChurn must be shares/],
    [
      { monthlyLogoChurn: { value: 0.02, low: -0.01, high: 0.03 } },
      /monthlyLogoChurn must be shares.*low -0.01/,
    ],
    [{ monthlyLogoChurn: exactly(Number.NaN) }, /monthlyLogoChurn must be shares/],
    [{ newAccountsPerMonth: -1 }, /newAccountsPerMonth must be a finite amount from 0, found -1/],
  ])('refuses %j', (wrong, expected) => {
    const call = () => valueOfChurn({ ...facts, ...wrong });
    expect(call).toThrow(ChurnError);
    expect(call).toThrow(expected);
  });

  it('refuses horizons that are not rising whole months', () => {
    for (const horizonsMonths of [[], [0], [1.5], [24, 12], [12, 601]]) {
      expect(() => valueOfChurn(facts, undefined, { horizonsMonths })).toThrow(
        /horizons must be whole months/,
      );
    }
  });
});
