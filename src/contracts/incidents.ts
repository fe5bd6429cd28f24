import { z } from 'zod';
import { type Contract, instant, recordedAt, text } from './contract.js';

/** A fault of the service that the account felt. */
export const incidentsContract: Contract = {
  table: 'incidents',
  description: 'A fault of the service that the account felt.',
  row: z.strictObject({
    account_id: text('whose'),
    occurred_at: instant('when it began'),
    severity: text('how bad'),
    resolved_at: instant('when it was over').nullable(),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['occurred_at'],
  later: { resolved_at: 'resolved_at' },
};
