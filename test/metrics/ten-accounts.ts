import type { FixtureTables } from '../company-fixture.js';

const DAY = 86_400_000;

/** An agreement of an account; from and to are days of 2024, `to` the first day not paid any more. */
export function agreement(account: string, from: string, to: string | null, mrr: number, more: object = {}) {
  return {
    subscription_id: `${account} ${from} ${mrr}`,
    account_id: account,
    started_at: from,
    ended_at: to,
    mrr_cents: mrr,
    ...more,
  };
}

/**
 * Ten accounts around March 2024, a month of 31 days:
 *
 * | account | what happens | opens | closes |
 * | --- | --- | --- | --- |
 * | a | pays 100 all along | 100 | 100 |
 * | b | rises from 200 to 250 on 11 March | 200 | 250 |
 * | c | falls from 300 to 120 on 11 March | 300 | 120 |
 * | d | leaves on 11 March, for failed payment | 80 | 0 |
 * | e | leaves on 1 March, the month's first instant | 40 | 0 |
 * | f | leaves on 6 March, comes back on 16 March | 60 | 70 |
 * | g | starts on 1 March | 0 | 90 |
 * | h | starts on 11 March and leaves on 21 March | 0 | 0 |
 * | i | left on 1 February, comes back on 21 March | 0 | 30 |
 * | j | starts on 1 April | 0 | 0 |
 */
export const TEN_ACCOUNTS: FixtureTables = {
  accounts: [...'abcdefghij'].map((account_id, i) => ({
    account_id,
    created_at: Date.parse('2024-01-01') + i * DAY,
    segment: 'abcd'.includes(account_id) ? 'large' : i === 9 ? null : 'small',
  })),
  subscriptions: [
    agreement('a', '2024-01-01', null, 100),
    agreement('b', '2024-01-01', '2024-03-11', 200),
    agreement('b', '2024-03-11', null, 250),
    agreement('c', '2024-01-01', '2024-03-11', 300),
    agreement('c', '2024-03-11', null, 120),
    agreement('d', '2024-01-01', '2024-03-11', 80, { churn_kind: 'involuntary' }),
    agreement('e', '2024-02-01', '2024-03-01', 40, { churn_kind: 'voluntary' }),
    agreement('f', '2024-02-01', '2024-03-06', 60, { churn_kind: 'voluntary' }),
    agreement('f', '2024-03-16', null, 70),
    agreement('g', '2024-03-01', null, 90),
    agreement('h', '2024-03-11', '2024-03-21', 50),
    agreement('i', '2024-01-01', '2024-02-01', 20),
    agreement('i', '2024-03-21', null, 30),
    agreement('j', '2024-04-01', null, 10),
  ],
};
