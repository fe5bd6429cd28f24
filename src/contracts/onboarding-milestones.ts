import { z } from 'zod';
import { type Contract, instant, recordedAt, text } from './contract.js';

/** A step of getting started. */
export const onboardingMilestonesContract: Contract = {
  table: 'onboarding_milestones',
  description: 'A step of getting started.',
  row: z.strictObject({
    account_id: text('whose'),
    milestone: text('which step'),
    due_at: instant('when it was planned').nullable(),
    reached_at: instant('when it was done').nullable(),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['reached_at', 'due_at'],
  later: { reached_at: 'reached_at' },
};
