import { z } from 'zod';
import { type Contract, instant, number, recordedAt, text } from './contract.js';

/** Something was done in the product. */
export const usageEventsContract: Contract = {
  table: 'usage_events',
  description: 'Something was done in the product.',
  row: z.strictObject({
    account_id: text('whose'),
    user_id: text('who did it').nullable(),
    occurred_at: instant('when'),
    event: text('what'),
    quantity: number('how many or how much; missing counts as 1', { min: 0 }).nullable(),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['occurred_at'],
  later: {},
};
