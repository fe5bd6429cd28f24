import { z } from 'zod';
import { type Contract, choice, instant, recordedAt, text } from './contract.js';

/** A play that was made, or held back for comparison. */
export const outreachContract: Contract = {
  table: 'outreach',
  description: 'A play that was made, or held back for comparison.',
  row: z.strictObject({
    account_id: text('whose'),
    contacted_at: instant('when'),
    play: text('what was done'),
    assigned: choice(['treat', 'hold_back'], 'contacted, or left alone for comparison'),
    result: text('what came of it; never a feature, as nothing says when it was known').nullable(),
    recorded_at: recordedAt,
  }),
  key: null,
  knownAt: ['contacted_at'],
  later: { result: 'never' },
};
