import { expect, it } from 'vitest';
import type { LeadTime } from '../../src/lead-time/lead-time.js';
import { describeLeadTime } from '../../src/lead-time/words.js';

const tickets: LeadTime = {
  feature: 'support_tickets_28d',
  aspect: 'support',
  description: 'Tickets opened in the 28 days before',
  leavers: 200,
  curve: [
    { daysBefore: 0, auc: { value: 0.7, low: 0.65, high: 0.75 }, lift: 2 },
    { daysBefore: 182, auc: { value: 0.5, low: 0.45, high: 0.55 }, lift: 1 },
  ],
  tells: 'from-onset',
  leaversHave: 'more',
  leadDays: { value: 42, low: 38, high: 47 },
  arrivalDays: 0.5,
  flagDays: 15.2,
  daysToAct: 26.3,
};

it.each<[string, Partial<LeadTime>, string]>([
  [
    'a lead',
    {},
    '“Tickets opened in the 28 days before”: more in those who leave, from 42 days (38–47) before leaving on; after arrival and the wait for the next snapshot 26 days are left to act.',
  ],
  ['one day left', { daysToAct: 1.2 }, 'snapshot 1 day is left to act.'],
  ['a flag after leaving', { daysToAct: -3 }, 'snapshot no days are left to act.'],
  [
    'no beginning',
    { tells: 'throughout', leadDays: null, leaversHave: 'less' },
    ': less in those who leave throughout the 182 days before leaving; when that begins does not show.',
  ],
  [
    'nothing',
    { tells: 'never', leadDays: null, leaversHave: null },
    ': does not tell who leaves beyond doubt in the 182 days before leaving.',
  ],
  [
    'no accounts',
    { tells: 'never', curve: [], leadDays: null, leaversHave: null },
    ': too few accounts to say',
  ],
])('says %s in a sentence', (_, change, sentence) => {
  expect(describeLeadTime({ ...tickets, ...change })).toContain(sentence);
});
