import { describe, expect, it } from 'vitest';
import { auditCompany } from '../../src/audit/raw-data.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const ACCOUNTS = 120;

interface Account {
  readonly id: string;
  readonly leftAt: number | null;
}

/** Half of the accounts leave, over half a year. */
function accountsOf(random: Random): Account[] {
  return Array.from({ length: ACCOUNTS }, (_, i) => ({
    id: `a${String(i).padStart(3, '0')}`,
    leftAt: i % 2 === 0 ? START + (120 + random.integer(180)) * DAY : null,
  }));
}

const endOf = ({ leftAt }: Account) => leftAt ?? Date.UTC(2025, 0, 1);

/** Tickets as they come, a few of them recorded days later whatever happens. */
function tickets(account: Account, random: Random) {
  const count = Math.floor((endOf(account) - START) / (6 * DAY));
  return Array.from({ length: count }, (_, i) => {
    const opened_at = START + Math.floor(random.uniform() * (endOf(account) - START));
    const late = random.uniform() < 0.2 ? (1 + random.integer(20)) * DAY : 3_600_000;
    return {
      ticket_id: `${account.id} ${i}`,
      account_id: account.id,
      opened_at,
      channel: random.uniform() < 0.5 ? 'email' : 'phone',
      recorded_at: opened_at + late,
    };
  });
}

const survey = (account: Account, kind: string, answered_at: number, recorded_at: number | null) => ({
  account_id: account.id,
  answered_at,
  kind,
  score: 5,
  recorded_at,
});

async function audit(more: (accounts: Account[], random: Random) => FixtureTables = () => ({}), seed = 1) {
  const random = seededRandom(seed);
  const accounts = accountsOf(random);
  const added = more(accounts, random);
  const company = await makeCompany({
    accounts: accounts.map(({ id }) => ({ account_id: id, created_at: START })),
    subscriptions: accounts.map(({ id, leftAt }) => ({
      subscription_id: id,
      account_id: id,
      started_at: START,
      ended_at: leftAt,
      mrr_cents: 1000,
    })),
    ...added,
    support_tickets: [
      ...accounts.flatMap((account) => tickets(account, random)),
      ...(added.support_tickets ?? []),
    ],
  });
  try {
    return await auditCompany(company);
  } finally {
    await company.database.close();
  }
}

const gone = (accounts: Account[]) => accounts.filter(({ leftAt }) => leftAt !== null);

describe('late arrivals', () => {
  it('that have nothing to do with leaving are not reported', async () => {
    expect((await audit()).findings).toEqual([]);
  });

  it('of rows dated back before leaving are', async () => {
    const { findings, features } = await audit((accounts, random) => ({
      support_tickets: gone(accounts).flatMap((account) =>
        [0, 1, 2, 3].map((i) => ({
          ticket_id: `${account.id} offboarding ${i}`,
          account_id: account.id,
          opened_at: endOf(account) - (1 + random.integer(25)) * DAY,
          channel: 'bot',
          recorded_at: endOf(account) + random.integer(5) * DAY,
        })),
      ),
    }));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      kind: 'arrives-after-leaving',
      table: 'support_tickets',
      column: 'opened_at',
      rows: 'bot',
      action: 'masked',
      features: [],
    });
    expect(findings[0]?.message).toContain('240 rows of 60 accounts');
    expect(features).toEqual([]);
  });

  it('of one kind of row among honest others', async () => {
    const { findings } = await audit((accounts, random) => ({
      surveys: [
        ...accounts.flatMap((account) =>
          Array.from({ length: 6 }, () => {
            const answered = START + Math.floor(random.uniform() * (endOf(account) - START));
            return survey(account, 'nps', answered, answered + DAY);
          }),
        ),
        ...gone(accounts).map((account) =>
          survey(account, 'exit', endOf(account) - 5 * DAY, endOf(account) + 2 * DAY),
        ),
      ],
    }));
    expect(findings.map(({ table, rows }) => [table, rows])).toEqual([['surveys', 'exit']]);
  });

  it('raise a doubt where nothing says when the rows were recorded', async () => {
    const { findings, features } = await audit((accounts, random) => ({
      surveys: [
        ...accounts.map((account) =>
          survey(account, 'nps', START + Math.floor(random.uniform() * (endOf(account) - START)), null),
        ),
        ...gone(accounts).map((account) => survey(account, 'exit', endOf(account) - 5 * DAY, null)),
      ],
    }));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      kind: 'only-before-leaving',
      table: 'surveys',
      rows: 'exit',
      action: 'doubt',
    });
    expect(findings[0]?.features).toContain('survey_answers_90d');
    expect(findings[0]?.features).not.toContain('nps_latest');
    expect(features).toEqual([]);
  });
});
