import { z } from 'zod';
import { type Contract, choice, instant, recordedAt, text } from './contract.js';

/** A contact between people who decide. */
export const relationshipEventsContract: Contract = {
  table: 'relationship_events',
  description: 'A contact between people who decide.',
  row: z.strictObject({
    account_id: text('whose'),
    occurred_at: instant('when'),
    kind: choice(
      ['executive_meeting', 'business_review', 'check_in', 'sponsor_change', 'champion_left'],
      'what',
    ),
    contact_role: text('with whom').nullable(),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['occurred_at'],
  later: {},
};
