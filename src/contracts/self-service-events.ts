import { z } from 'zod';
import { type Contract, choice, instant, recordedAt, text } from './contract.js';

/** Somebody helped themselves, or tried to. */
export const selfServiceEventsContract: Contract = {
  table: 'self_service_events',
  description: 'Somebody helped themselves, or tried to.',
  row: z.strictObject({
    account_id: text('whose'),
    user_id: text('who').nullable(),
    occurred_at: instant('when'),
    kind: choice(
      ['article_view', 'search', 'search_without_result', 'bot_resolved', 'training_completed'],
      'what',
    ),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['occurred_at'],
  later: {},
};
