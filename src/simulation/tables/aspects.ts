/** A health aspect that can get into trouble. */
export type Aspect = keyof typeof aspectFacts;

/**
 * For every aspect, how its trouble shows from the first day on, and how many days after that day the danger
 * comes. The danger raises the chance to leave in its month alone; a leaving that it causes falls on its day,
 * give or take two.
 */
export const aspectFacts = {
  usage: { leadDays: 60, indicator: 'usage falls to a fifth', reason: 'not_used' },
  support: {
    leadDays: 42,
    indicator: 'six times as many tickets, at least five a month',
    reason: 'poor_support',
  },
  invoices: {
    leadDays: 75,
    indicator: 'a charge for extra usage fails, invoices are paid weeks late after failed payments',
    reason: 'payment_failed',
  },
  surveys: { leadDays: 50, indicator: 'CSAT answers of 1–4 and NPS answers of 0–4', reason: 'dissatisfied' },
  executive: {
    leadDays: 120,
    indicator: 'the sponsor changes or the champion leaves, then no meetings',
    reason: 'sponsor_left',
  },
  community: { leadDays: 90, indicator: 'no community activity', reason: 'lost_interest' },
  self_sufficiency: {
    leadDays: 66,
    indicator: 'most searches find nothing, hardly anything is solved alone',
    reason: 'too_hard',
  },
  contract_growth: { leadDays: 105, indicator: 'seats cut by 30 to 50 %', reason: 'downsizing' },
  renewal: {
    leadDays: 135,
    indicator: 'an annual agreement is replaced by monthly ones',
    reason: 'not_renewed',
  },
  onboarding: { leadDays: 82, indicator: 'milestones are not reached when due', reason: 'never_started' },
  incidents: { leadDays: 36, indicator: 'three incidents a month', reason: 'unreliable' },
} as const satisfies Record<string, { leadDays: number; indicator: string; reason: string }>;

export const aspects = Object.keys(aspectFacts) as Aspect[];

/** The first and the last day after sign-up on which an onboarding milestone is due, and those between. */
export const milestoneDueDays = {
  kickoff: 7,
  data_connected: 14,
  first_report: 21,
  team_invited: 30,
  first_workflow: 45,
  handover: 60,
} as const;
