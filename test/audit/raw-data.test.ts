import { describe, expect, it } from 'vitest';
import { auditCompany } from '../../src/audit/raw-data.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import { makeCompany } from '../company-fixture.js';

const DAY = 86_400_000;
const UNTIL = Date.UTC(2025, 0, 1);

interface Life {
  readonly id: string;
  readonly startedAt: number;
  readonly leftAt: number | null;
  readonly mrr: number;
}

function livesOf(random: Random, accounts = 400): Life[] {
  return Array.from({ length: accounts }, (_, i) => {
    const startedAt = Date.UTC(2023, 0, 1) + random.integer(600) * DAY;
    const left = startedAt + Math.ceil(-Math.log(1 - random.uniform()) * 900) * DAY;
    return {
      id: `a${String(i).padStart(3, '0')}`,
      startedAt,
      leftAt: left < UNTIL ? left : null,
      mrr: 1000 * (1 + random.integer(50)),
    };
  });
}

/** Audits a company whose accounts carry columns of their own, and its agreements cells of their own. */
async function audit(
  columns: (life: Life, random: Random) => Record<string, string | number | null>,
  agreement: (life: Life) => Record<string, string | number | null> = () => ({}),
  seed = 1,
) {
  const random = seededRandom(seed);
  const lives = livesOf(random);
  const company = await makeCompany(
    {
      accounts: lives.map(({ id, startedAt }) => ({
        account_id: id,
        created_at: startedAt,
        segment: ['small', 'large'][random.integer(2)]!,
        employees: 1 + random.integer(500),
      })),
      subscriptions: lives.map((life) => ({
        subscription_id: life.id,
        account_id: life.id,
        started_at: life.startedAt,
        ended_at: life.leftAt,
        mrr_cents: life.mrr,
        term_months: 12,
        renews_at: (life.leftAt ?? UNTIL) + random.integer(300) * DAY,
        ...agreement(life),
      })),
    },
    { observedUntil: UNTIL },
    lives.flatMap((life) =>
      Object.entries(columns(life, random)).flatMap(([name, value]) =>
        value === null ? [] : [{ account_id: life.id, name, value }],
      ),
    ),
  );
  try {
    return await auditCompany(company);
  } finally {
    await company.database.close();
  }
}

const stay = ({ startedAt, leftAt }: Life, until = UNTIL) => ((leftAt ?? until) - startedAt) / DAY;

describe('auditCompany', () => {
  it('finds nothing in honest columns', async () => {
    const { findings, features } = await audit(({ startedAt, mrr }, random) => ({
      age: (UNTIL - startedAt) / DAY,
      yearly: 12 * mrr,
      colour: ['red', 'green', 'blue'][random.integer(3)]!,
      note: random.uniform() < 0.2 ? 'yes' : null,
    }));
    expect(findings).toEqual([]);
    expect(features).toEqual([]);
  });

  it('finds a rewritten column and names the feature that reads it', async () => {
    const { findings, features } = await audit(({ leftAt }) => ({
      'Account status': leftAt === null ? 'open' : 'closed',
    }));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      kind: 'rewritten-after-leaving',
      table: 'accounts',
      column: 'Account status',
      action: 'left-out',
      features: ['attribute__41_ccount_20_status'],
    });
    expect(findings[0]?.message).toMatch(
      /^accounts\.Account status is "closed" for (\d+) of the \1 accounts that left and for 0 of/,
    );
    expect(features).toEqual(['attribute__41_ccount_20_status']);
  });

  it('finds durations and totals computed at the extraction, in whatever unit', async () => {
    const { findings } = await audit((life) => ({
      tenure_months: Math.floor(stay(life) / 30.44),
      tenure_years: Number((stay(life) / 365).toFixed(2)),
      lifetime_revenue: Math.round((life.mrr * stay(life)) / 30),
      age_days: (UNTIL - life.startedAt) / DAY,
    }));
    expect(findings.map(({ kind, column }) => [kind, column])).toEqual([
      ['computed-at-extraction', 'tenure_months'],
      ['computed-at-extraction', 'tenure_years'],
      ['computed-at-extraction', 'lifetime_revenue'],
    ]);
  });

  it('finds renewal dates emptied for those that left', async () => {
    const { findings, features } = await audit(
      () => ({}),
      ({ leftAt }) => (leftAt === null ? {} : { renews_at: null }),
    );
    expect(findings.map(({ table, column }) => [table, column])).toEqual([['subscriptions', 'renews_at']]);
    expect(features).toContain('days_to_renewal');
  });
});
