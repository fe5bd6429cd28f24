import { z } from 'zod';
import { type Contract, choice, instant, number, recordedAt, text } from './contract.js';

/** One answer of one person. */
export const surveysContract: Contract = {
  table: 'surveys',
  description: 'One answer of one person.',
  row: z.strictObject({
    account_id: text('whose'),
    contact_id: text('which person; distinct people are counted by it').nullable(),
    answered_at: instant('when'),
    kind: choice(['nps', 'csat', 'ces', 'exit'], 'which question'),
    score: number('nps 0–10, csat 1–10, ces 1–7', { min: 0, max: 10 }).nullable(),
    reason: text('chosen from a list').nullable(),
    comment: text('in their own words').nullable(),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['answered_at'],
  later: {},
};
