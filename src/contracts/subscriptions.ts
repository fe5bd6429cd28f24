import { z } from 'zod';
import { type Contract, cents, choice, count, instant, number, recordedAt, text } from './contract.js';

/** One paid agreement; an account may have several, and a renewed term is a row of its own or the same row going on. */
export const subscriptionsContract: Contract = {
  table: 'subscriptions',
  description:
    'One paid agreement; an account may have several, and a renewed term is a row of its own or the same row going on.',
  row: z.strictObject({
    subscription_id: text('names the agreement'),
    account_id: text('who pays'),
    started_at: instant('first paid instant'),
    ended_at: instant('first instant no longer paid; missing while it runs').nullable(),
    renews_at: instant('when the term is over and a renewal is due').nullable(),
    term_months: number('length of the term', { min: 0 }).nullable(),
    mrr_cents: cents('recurring revenue a month'),
    currency: text('as written in the file; amounts are in the company currency'),
    seats: count('seats paid for').nullable(),
    churn_kind: choice(
      ['voluntary', 'involuntary'],
      'chose to leave, or was lost to failed payment',
    ).nullable(),
    churn_reason: text('in the words of whoever wrote it down').nullable(),
    recorded_at: recordedAt,
  }),
  key: 'subscription_id',
  knownAt: ['started_at'],
  later: { ended_at: 'ended_at', churn_kind: 'ended_at', churn_reason: 'ended_at' },
};
