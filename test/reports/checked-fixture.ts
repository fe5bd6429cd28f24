import { profileTable } from '../../src/profiling/table-profile.js';
import type { CheckedTable } from '../../src/reports/profile-words.js';
import { textTable } from '../cleaning/text-table.js';
import { HOSTILE } from './card-fixture.js';

const rows = Array.from({ length: 40 }, (_, i) => [
  `A${i}`,
  i % 3 === 0 ? 'yes' : 'no',
  i % 4 === 0 ? 'NA' : String(10 + i),
  i % 2 ? HOSTILE.script : HOSTILE.emoji,
]);
/** The profile of forty customers with hostile names. */
export const profile = profileTable(textTable(['id', 'churned', HOSTILE.html, 'plan'], rows), {
  target: 'churned',
  positive: 'yes',
  id: 'id',
});
/** A check of them that found a leak and a rejected row. */
export const checked: CheckedTable = {
  file: 'customers.csv',
  read: 41,
  kept: 40,
  profile,
  leaks: [
    {
      column: HOSTILE.html,
      signs: ['skill' as const, 'name' as const],
      auc: 0.987,
      message: `${HOSTILE.html} knows.`,
    },
  ],
  rejects: [{ rowNumber: 1041, column: 'seats', value: HOSTILE.html, reason: 'not a number' }],
};
