import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withAlignedCompany } from '../../src/lead-time/aligned-company.js';
import { drawMatchedSets } from '../../src/lead-time/matched-sets.js';
import { seededRandom } from '../../src/math/random.js';
import { type Company, DEFAULT_CHURN_RULES } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';

const day = (text: string) => Date.parse(text);
const stay = (account_id: string, started_at: string, ended_at: string | null, churn_kind = 'voluntary') => ({
  subscription_id: `${account_id} ${started_at}`,
  account_id,
  started_at,
  ended_at,
  mrr_cents: 100,
  churn_kind: ended_at && churn_kind,
});

/** `early` and `late` leave, `payer` is lost to a failed payment, `new` begins after `early` left, `stays` stays. */
const tables = {
  accounts: ['early', 'late', 'payer', 'new', 'stays'].map((account_id) => ({
    account_id,
    created_at: '2024-01-01',
  })),
  subscriptions: [
    stay('early', '2024-01-01', '2024-03-01'),
    stay('late', '2024-02-01', '2024-06-01'),
    stay('payer', '2024-01-01', '2024-07-01', 'involuntary'),
    stay('new', '2024-04-01', null),
    stay('stays', '2024-01-15', null),
  ],
  usage_events: [
    { account_id: 'early', occurred_at: '2024-02-20T06:00:00Z', event: 'a', recorded_at: '2024-02-21' },
    { account_id: 'stays', occurred_at: '2024-02-25', event: 'b' },
    { account_id: 'stays', occurred_at: '2024-05-25', event: 'c' },
  ],
};

describe('matched sets', () => {
  let company: Company;
  beforeAll(async () => {
    company = await makeCompany(tables);
  });
  afterAll(() => company.database.close());
  const draw = (leavers: number, stayers: number, of = company) =>
    drawMatchedSets(of, { random: seededRandom(4), leavers, stayers });

  it('sets beside each leaver those who were active on its day, later leavers among them', async () => {
    const subjects = await draw(10, 10);
    const names = [0, 1, 2].map((number) =>
      subjects.filter(({ set }) => set === number).map(({ accountId }) => accountId),
    );
    expect(names).toEqual([
      ['early', 'late', 'payer', 'stays'],
      ['late', 'new', 'payer', 'stays'],
      ['payer', 'new', 'stays'],
    ]);
    const [leaver, late] = subjects;
    expect(leaver).toMatchObject({
      isLeaver: true,
      activeSince: day('2024-01-01'),
      leftAt: day('2024-03-01'),
    });
    expect(late).toMatchObject({
      isLeaver: false,
      activeSince: day('2024-02-01'),
      leftAt: day('2024-03-01'),
    });
  });

  it('draws as many as asked for, the same for the same seed', async () => {
    const subjects = await draw(1, 2);
    expect(subjects.map(({ isLeaver }) => isLeaver)).toEqual([true, false, false]);
    expect(new Set(subjects.map(({ accountId }) => accountId)).size).toBe(3);
    expect(await draw(1, 2)).toEqual(subjects);
  });

  it('has no involuntary leavers where the company counts voluntary leaving alone', async () => {
    const settings = { ...company.settings, churn: { ...DEFAULT_CHURN_RULES, kinds: 'voluntary' as const } };
    const leavers = (await draw(10, 1, { ...company, settings })).filter(({ isLeaver }) => isLeaver);
    expect(leavers.map(({ accountId }) => accountId)).toEqual(['early', 'late']);
  });

  it('moves every subject’s history so that leaving falls on one date, and nothing of later', async () => {
    const subjects = (await draw(10, 10)).filter(({ set }) => set === 0);
    const leftAt = day('2024-12-01');
    const shift = leftAt - subjects[0]!.leftAt;
    const rows = await withAlignedCompany(company, subjects, leftAt, ({ database }) =>
      database.rows('SELECT account_id, event, occurred_at, recorded_at FROM usage_events ORDER BY event'),
    );
    const moved = (text: string) => day(text) + shift;
    expect(rows.map(({ event }) => event)).toEqual(['a', 'b']);
    expect(rows[0]).toEqual({
      account_id: '0',
      event: 'a',
      occurred_at: moved('2024-02-20T06:00:00Z'),
      recorded_at: moved('2024-02-21'),
    });
    const stays = subjects.findIndex(({ accountId }) => accountId === 'stays');
    expect(rows[1]).toEqual({
      account_id: String(stays),
      event: 'b',
      occurred_at: moved('2024-02-25'),
      recorded_at: null,
    });
    expect(await company.database.value('SELECT count(*) FROM usage_events')).toBe(3);
  });

  it('leaves the company as it was when the work fails', async () => {
    const failing = withAlignedCompany(company, await draw(1, 1), day('2024-12-01'), async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await company.database.value('SELECT count(*) FROM usage_events')).toBe(3);
  });
});
