import { describe, expect, it } from 'vitest';
import { featureCatalogue } from '../../src/features/catalogue.js';
import { type ChurnRules, DEFAULT_CHURN_RULES } from '../../src/workspace/company.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';
import { featuresAt } from './built.js';
import { SNAPSHOT } from './tiny-company.js';

/** The features of account `a`, those of its master data apart. */
async function featuresOf(tables: FixtureTables, churn: ChurnRules = DEFAULT_CHURN_RULES) {
  const company = await makeCompany(
    { accounts: [{ account_id: 'a', created_at: '2022-01-01' }], ...tables },
    { churn },
  );
  try {
    const features = featureCatalogue(company).filter(({ aspect }) => aspect !== 'account');
    return (await featuresAt(company, SNAPSHOT, ['a'], features)).a!;
  } finally {
    await company.database.close();
  }
}

type Agreement = readonly [started: string, ended: string | null, months: number | null];

const agreements = (account_id: string, rows: readonly Agreement[]) =>
  rows.map(([started_at, ended_at, term_months], index) => ({
    subscription_id: `${account_id} ${index}`,
    account_id,
    started_at,
    ended_at,
    term_months,
    mrr_cents: 1000,
  }));

const PAUSED: readonly Agreement[] = [
  ['2023-01-01', '2024-01-01', 12],
  ['2024-03-01', null, 12],
];

/** Agreements, and the renewals and come-backs that they are worth. */
const CASES: Record<string, [rows: readonly Agreement[], renewals: number, reactivations: number]> = {
  'a term that went on was renewed': [[['2023-01-01', null, 12]], 1, 0],
  'one that is over at the snapshot is not yet': [[['2023-07-01', null, 12]], 0, 0],
  'five months went on': [[['2024-01-15', null, 1]], 5, 0],
  'one that ended with its term was not': [[['2023-01-01', '2024-01-01', 12]], 0, 0],
  'one without a term is never': [[['2020-01-01', null, null]], 0, 0],
  'a new agreement at the end of the old one is a renewal': [
    [
      ['2023-01-01', '2024-01-01', 12],
      ['2024-01-01', null, 12],
    ],
    1,
    0,
  ],
  'one after a pause is a come-back': [PAUSED, 0, 1],
  'one beside another is neither': [
    [
      ['2024-01-01', null, 12],
      ['2024-03-01', null, 12],
    ],
    0,
    0,
  ],
};

describe('renewals and come-backs', () => {
  it('are told apart', async () => {
    const accounts = Object.keys(CASES);
    const company = await makeCompany({
      accounts: accounts.map((account_id) => ({ account_id, created_at: '2020-01-01' })),
      subscriptions: accounts.flatMap((account) => agreements(account, CASES[account]![0])),
    });
    try {
      const counts = featureCatalogue(company).filter(({ name }) =>
        ['renewals', 'reactivations'].includes(name),
      );
      const expected = Object.entries(CASES).map(([account, [, renewals, reactivations]]) => [
        account,
        { renewals, reactivations },
      ]);
      expect(await featuresAt(company, SNAPSHOT, accounts, counts)).toEqual(Object.fromEntries(expected));
    } finally {
      await company.database.close();
    }
  });

  it('a pause within the days of grace is none', async () => {
    const pause = { subscriptions: agreements('a', PAUSED) };
    const within = await featuresOf(pause, { ...DEFAULT_CHURN_RULES, graceDays: 60 });
    expect(within).toMatchObject({ renewals: 1, reactivations: 0 });
    const beyond = await featuresOf(pause, { ...DEFAULT_CHURN_RULES, graceDays: 59 });
    expect(beyond).toMatchObject({ renewals: 0, reactivations: 1 });
  });

  it('a renewal due at the snapshot is 0 days away, one before it is past', async () => {
    const [agreement] = agreements('a', [['2023-07-01', null, 12]]);
    const due = (renews_at: string) => featuresOf({ subscriptions: [{ ...agreement!, renews_at }] });
    expect((await due('2024-07-01')).days_to_renewal).toBe(0);
    expect((await due('2024-06-30')).days_to_renewal).toBeNull();
  });
});

describe('growth of contracts', () => {
  it('compares revenue, seats and the price of a seat with half a year ago', async () => {
    const features = await featuresOf({
      subscriptions: [
        {
          subscription_id: 'old',
          account_id: 'a',
          started_at: '2023-06-01',
          ended_at: '2024-04-10',
          mrr_cents: 10000,
          seats: 4,
        },
        { subscription_id: 'new', account_id: 'a', started_at: '2024-04-10', mrr_cents: 15000, seats: 5 },
        { subscription_id: 'flat', account_id: 'a', started_at: '2023-06-01', mrr_cents: 500 },
      ],
    });
    expect(features).toMatchObject({
      mrr_cents: 15500,
      mrr_change_180d: (15500 - 10500) / 10500,
      seats_change_180d: (5 - 4) / 4,
      price_per_seat_cents: 15000 / 5, // the agreement without seats has no price of one
      price_per_seat_change_180d: (3000 - 2500) / 2500,
      running_agreements: 2,
    });
  });
});

describe('answers and tickets', () => {
  it('are compared with the window before', async () => {
    const answer = (answered_at: string, kind: string, score: number) => ({
      account_id: 'a',
      answered_at,
      kind,
      score,
    });
    const features = await featuresOf({
      surveys: [
        answer('2023-12-01', 'csat', 8),
        answer('2024-05-01', 'csat', 6),
        answer('2023-12-01', 'ces', 5),
        answer('2024-05-01', 'ces', 5.5),
      ],
      support_tickets: ['2024-02-01', '2024-03-01', '2024-05-01'].map((opened_at, index) => ({
        ticket_id: `t${index}`,
        account_id: 'a',
        opened_at,
      })),
    });
    expect(features).toMatchObject({
      csat_change_180d: -2,
      ces_change_180d: 0.5,
      support_tickets_change_90d: (1 - 2) / 2,
    });
  });
});
