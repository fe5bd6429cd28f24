import { z } from 'zod';
import { type Contract, choice, instant, recordedAt, text } from './contract.js';

/** Something was done in the community. */
export const communityActivityContract: Contract = {
  table: 'community_activity',
  description: 'Something was done in the community.',
  row: z.strictObject({
    account_id: text('whose'),
    user_id: text('who').nullable(),
    occurred_at: instant('when'),
    kind: choice(['post', 'reply', 'idea', 'idea_implemented', 'vote', 'event_attended'], 'what'),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['occurred_at'],
  later: {},
};
