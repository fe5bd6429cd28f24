import { z } from 'zod';
import { type Contract, count, instant, recordedAt, text } from './contract.js';

/** The paying party whose leaving is predicted. */
export const accountsContract: Contract = {
  table: 'accounts',
  description: 'The paying party whose leaving is predicted.',
  row: z.strictObject({
    account_id: text('names the account'),
    name: text('for people').nullable(),
    created_at: instant('sign-up'),
    closed_at: instant('when the account was closed for good').nullable(),
    segment: text('size or kind of customer').nullable(),
    industry: text('line of business').nullable(),
    country: text('where it is').nullable(),
    plan: text('product plan').nullable(),
    owner: text('who looks after it').nullable(),
    employees: count('people who work there').nullable(),
    recorded_at: recordedAt,
  }),
  key: 'account_id',
  knownAt: ['created_at'],
  later: { closed_at: 'closed_at' },
};
