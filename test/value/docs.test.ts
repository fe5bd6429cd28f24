import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { claimSentence } from '../../src/reports/value-claims.js';
import { DEFAULT_ASSUMPTIONS } from '../../src/value/default-assumptions.js';
import { settleAssumptions } from '../../src/value/settle-assumptions.js';
import { valueOfChurn } from '../../src/value/value-of-churn.js';

const page = readFileSync(new URL('../../docs/value.md', import.meta.url), 'utf8');

it('docs/value.md lists the assumptions as they are', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\S+) \| (?:(\S+) to (\S+))? ?\| (.+) \|$/gm)];
  const listed = rows.map(([, name, value, low = value, high = value, unit]) => [
    name,
    { value: Number(value), low: Number(low), high: Number(high), unit },
  ]);
  const actual = Object.entries(DEFAULT_ASSUMPTIONS).map(([name, { value, low, high, unit }]) => [
    name,
    { value, low, high, unit },
  ]);
  expect(listed).toEqual(actual);
});

it('docs/value.md shows an assumptions file that is accepted', () => {
  const file = JSON.parse(page.match(/```json\n([\s\S]*?)```/)![1]!);
  expect(settleAssumptions(file).saveRate.high).toBe(0.3);
});

it('docs/value.md tells figures that come out', () => {
  const small = valueOfChurn({
    accounts: 40,
    monthlyRevenueCents: 200_000,
    monthlyLogoChurn: { value: 0.004, low: 0.0005, high: 0.02 },
    currency: 'EUR',
  });
  const { low, high } = small.sensitivity[0]!.rows.find(({ input }) => input === 'monthlyRevenueChurn')!;
  const told = [low.cents, high.cents, small.changes[0]!.customerBaseGainCents.high];
  expect(told.map((cents) => Math.round(cents / 100))).toEqual([355, 1_682, 1_910]);
  const result = valueOfChurn({
    accounts: 400,
    monthlyRevenueCents: 20_000_000,
    monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
    newAccountsPerMonth: 10,
    currency: 'EUR',
  });
  const sentences = result.claims.map((check) => claimSentence(check, result).replaceAll('\u00a0', ' '));
  const claimed = [
    ['4.8 % (4.1 % to 5.7 %)', '4.8 % (4.1 to 5.7), below the claim'],
    ['29 % (27 % to 32 %)', '29 % (27 to 32), within'],
    ['5.7 % (3.6 % to 9.6 %)', '5.7 % (3.6 to 9.6), below'],
    ['30 % (24 % to 42 %)', '30 % (24 to 42), partly within'],
  ] as const;
  for (const [i, [figure, written]] of claimed.entries()) {
    expect(sentences[i]).toContain(figure);
    expect(page).toContain(written);
  }
});
