import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/flags/ledger.js';
import { seededRandom } from '../../src/math/random.js';
import { findCompanyFlags, retestCompanyFlags } from '../../src/training/company-flags.js';
import type { Company } from '../../src/workspace/company.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';

const DAY = 86_400_000;
const ACCOUNTS = 500;
const MONTHS = 14;
const monthAt = (month: number) => Date.UTC(2024, month, 1);

type Rows = Record<string, string | number | null>[];

/**
 * Accounts that in each month may fall silent and may have much trouble, a third of them each; of those with both half
 * leave in the month after, of the others one in thirty. What happens from `until` on is not seen.
 */
function lives(until: number): FixtureTables {
  const random = seededRandom(11).fork('company flags');
  const [accounts, subscriptions, usage, tickets]: [Rows, Rows, Rows, Rows] = [[], [], [], []];
  for (let account = 0; account < ACCOUNTS; account++) {
    const account_id = `A${account}`;
    let endedAt: number | null = null;
    for (let month = 1; month < MONTHS && endedAt === null; month++) {
      const at = monthAt(month);
      const silent = random.uniform() < 1 / 3;
      const busy = random.uniform() < 1 / 3;
      const stamp = (daysBefore: number) => new Date(at - daysBefore * DAY).toISOString();
      const seen = (daysBefore: number) => at - daysBefore * DAY < until;
      for (const day of silent ? [25, 21] : [25, 17, 9, 2]) {
        if (seen(day)) usage.push({ account_id, occurred_at: stamp(day), event: 'login' });
      }
      for (let ticket = 0; ticket < (busy ? 9 : 1); ticket++) {
        const ticket_id = `T${account}-${month}-${ticket}`;
        if (seen(3 + ticket)) tickets.push({ ticket_id, account_id, opened_at: stamp(3 + ticket) });
      }
      const leaves = random.uniform() < (silent && busy ? 0.5 : 1 / 30);
      if (leaves) endedAt = at + (3 + random.integer(20)) * DAY;
    }
    const started_at = '2023-10-01';
    const ended_at = endedAt !== null && endedAt < until ? new Date(endedAt).toISOString() : null;
    accounts.push({ account_id, created_at: started_at, segment: account % 2 ? 'small' : 'large' });
    subscriptions.push({
      subscription_id: `S${account}`,
      account_id,
      started_at,
      ended_at,
      mrr_cents: 5_000 + 10 * (account % 7),
    });
  }
  return { accounts, subscriptions, usage_events: usage, support_tickets: tickets };
}

const companyUntil = (month: number) =>
  makeCompany(lives(monthAt(month)), { name: 'lives', observedUntil: monthAt(month) });
const options = { seed: 1, horizonDays: 28, permutations: 127, mostConditions: 200 };

describe('flags of a company', () => {
  let company: Company;
  let ledger: Ledger;
  beforeAll(async () => {
    company = await companyUntil(10);
    ledger = await findCompanyFlags(company, { sha256: 'until October' }, options);
  }, 60_000);
  afterAll(async () => {
    await company.database.close();
  });

  it('finds what happened in earlier months and confirms it in later ones', () => {
    const [first] = ledger.facts;
    expect(first!.status).toBe('confirmed');
    expect(first!.conditions.some(({ feature }) => /usage|active|days_since/.test(feature))).toBe(true);
    expect(first!.conditions.some(({ feature }) => /ticket/.test(feature))).toBe(true);
    expect(first!.confirmation.rate).toBeGreaterThan(0.35);
    expect(ledger.discovery.to! < ledger.confirmation.from!).toBe(true);
    expect(ledger.discovery.from).toBe('2024-03-01');
    expect(ledger.confirmation.to).toBe('2024-10-01');
  });

  it('says how many days there are from the flag to the leaving', () => {
    const { warning } = ledger.facts[0]!;
    expect(warning!.accounts).toBe(ledger.facts[0]!.confirmation.churned);
    // They leave 3 to 22 days after the first of a month.
    expect(warning!.medianDays).toBeGreaterThan(8);
    expect(warning!.medianDays).toBeLessThan(17);
    expect(warning!.lowDays).toBeGreaterThanOrEqual(3);
    expect(warning!.highDays).toBeLessThanOrEqual(23);
  });

  it('looks at it by segment and month', () => {
    const groups = ledger.facts[0]!.groups;
    expect(new Set(groups.map(({ by }) => by))).toEqual(new Set(['segment', 'month']));
    expect(groups.filter(({ by }) => by === 'segment').map(({ verdict }) => verdict)).toEqual([
      'holds',
      'holds',
    ]);
  });

  it('may be used for half a year from the end of what was observed', () => {
    expect(ledger.facts[0]).toMatchObject({ publishedOn: '2024-11-01', expiresOn: '2025-04-30' });
  });

  it('refuses a retest without snapshots of later', async () => {
    await expect(retestCompanyFlags(company, { sha256: 'again' }, ledger, options)).rejects.toThrow(
      /lives has no snapshot with a known outcome from 2024-10-29 on/,
    );
  });

  it('keeps it alive on the snapshots that came after', async () => {
    const later = await companyUntil(13);
    const again = await retestCompanyFlags(later, { sha256: 'until January' }, ledger, options);
    await later.database.close();
    expect(again.facts.length).toBe(ledger.facts.length);
    expect(again.facts[0]).toMatchObject({
      status: 'confirmed',
      retests: [{ on: '2025-02-01', verdict: 'alive' }],
    });
  });
});
