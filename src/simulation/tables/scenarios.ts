import { type Aspect, aspects } from './aspects.js';

/** Every truth that dated tables can be simulated from, the plain one first. */
export const scenarioNames = [
  'base',
  'many-sided',
  'usage-only',
  'null',
  'drift',
  'simpson',
  'persuadable',
  'leak',
  'seed-fact',
] as const;

/** Which truth the company is built on; `data/README.md` says what each plants. */
export type ScenarioName = (typeof scenarioNames)[number];

export type Segment = 'small' | 'midsize' | 'enterprise';
export type Plan = 'starter' | 'team' | 'business';

/** How often an aspect gets into danger, and what the danger does. */
export interface AspectPlan {
  /**
   * Chance per account and month of a danger; for `onboarding` the share of new accounts, for `renewal` of
   * accounts with annual agreements.
   */
  readonly rate: number;
  /** What the danger adds to the log-odds of leaving in its month. */
  readonly weight: number;
}

/** What changes from one month on. */
export interface Drift {
  readonly intercept: number;
  readonly weights: Readonly<Partial<Record<Aspect, number>>>;
  /** Factor on the number of usage events. */
  readonly usageLevel: number;
  /** Added to survey answers before rounding. */
  readonly surveyShift: number;
}

/** The true log-odds of leaving in a month, as numbers. */
export interface ScenarioPlan {
  readonly summary: string;
  readonly intercept: number;
  readonly segment: Readonly<Record<Segment, number>>;
  readonly plan: Readonly<Record<Plan, number>>;
  /** Months in which an annual agreement does not end; counted to the aspect `renewal`. */
  readonly boundByTerm: number;
  /** The month in which an annual agreement ends; counted to the aspect `renewal`. */
  readonly renewalMonth: number;
  /** Members of the community (all accounts, unless `communityShare` says otherwise). */
  readonly communityMember: number;
  readonly communityShare: Readonly<Record<Segment, number>>;
  readonly segmentShare: Readonly<Record<Segment, number>>;
  readonly aspects: Readonly<Record<Aspect, AspectPlan>>;
  readonly drift: Drift | null;
  /** Whether calls change the chance to leave, by the account's response type. */
  readonly respondsToCalls: boolean;
}

const everyone = { small: 1, midsize: 1, enterprise: 1 };
const noSegment = { small: 0, midsize: 0, enterprise: 0 };
const noPlan = { starter: 0, team: 0, business: 0 };

const baseAspects: Record<Aspect, AspectPlan> = {
  usage: { rate: 0.0132, weight: 5.4 },
  executive: { rate: 0.0135, weight: 5.2 },
  invoices: { rate: 0.0091, weight: 5.1 },
  renewal: { rate: 0.014, weight: 5 },
  contract_growth: { rate: 0.0062, weight: 5 },
  community: { rate: 0.0047, weight: 4.9 },
  surveys: { rate: 0.0038, weight: 4.8 },
  support: { rate: 0.0033, weight: 4.7 },
  onboarding: { rate: 0.077, weight: 4.8 },
  self_sufficiency: { rate: 0.0016, weight: 4.6 },
  incidents: { rate: 0.0011, weight: 4.5 },
};

const base: ScenarioPlan = {
  summary:
    'Every aspect carries something, the annual term most (few leave before its end), then usage; calls change nothing.',
  intercept: -5.4,
  segment: { small: 0.25, midsize: 0, enterprise: -0.3 },
  plan: { starter: 0.15, team: 0, business: -0.15 },
  boundByTerm: -4,
  renewalMonth: 1.8,
  communityMember: 0,
  communityShare: everyone,
  segmentShare: { small: 0.55, midsize: 0.32, enterprise: 0.13 },
  aspects: baseAspects,
  drift: null,
  respondsToCalls: false,
};

const indifferent = { segment: noSegment, plan: noPlan, boundByTerm: 0, renewalMonth: 0 };

const plans: Record<ScenarioName, ScenarioPlan> = {
  base,
  'many-sided': {
    ...base,
    summary: 'All aspects carry much, the first not twice as much as the last.',
    intercept: -6,
    boundByTerm: 0,
    renewalMonth: 1,
    aspects: {
      usage: { rate: 0.0086, weight: 5.7 },
      executive: { rate: 0.01, weight: 5.7 },
      invoices: { rate: 0.0081, weight: 5.6 },
      contract_growth: { rate: 0.008, weight: 5.6 },
      community: { rate: 0.0072, weight: 5.5 },
      surveys: { rate: 0.0061, weight: 5.5 },
      support: { rate: 0.0058, weight: 5.4 },
      self_sufficiency: { rate: 0.0052, weight: 5.4 },
      incidents: { rate: 0.0049, weight: 5.3 },
      renewal: { rate: 0.0093, weight: 5.5 },
      onboarding: { rate: 0.132, weight: 5.5 },
    },
  },
  'usage-only': {
    ...base,
    ...indifferent,
    summary: 'Usage alone carries something; everything else varies as in base and means nothing.',
    aspects: { ...weightless(baseAspects), usage: { rate: 0.04, weight: 5.8 } },
  },
  null: {
    ...base,
    ...indifferent,
    summary: 'Every account has the same chance to leave in every month; nothing predicts.',
    intercept: -3.66356,
    aspects: weightless(baseAspects),
  },
  drift: {
    ...base,
    summary:
      'As base until two thirds of the months are over; then usage hardly counts, support and incidents count much, more accounts leave, more usage is recorded and surveys are answered lower.',
    aspects: {
      ...baseAspects,
      support: { rate: 0.006, weight: 4.7 },
      incidents: { rate: 0.005, weight: 4.5 },
    },
    drift: {
      intercept: -4.9,
      weights: { usage: 1, support: 6, incidents: 6 },
      usageLevel: 1.6,
      surveyShift: -1,
    },
  },
  simpson: {
    ...base,
    ...indifferent,
    summary:
      'Members of the community leave more often over all and less often inside every segment: most small accounts are members, and small accounts leave most.',
    intercept: -2.6,
    segment: { small: 0, midsize: -1.4, enterprise: -1.8 },
    communityMember: -0.6,
    communityShare: { small: 0.93, midsize: 0.4, enterprise: 0.25 },
    segmentShare: { small: 0.42, midsize: 0.33, enterprise: 0.25 },
    aspects: { ...weightless(baseAspects), community: { rate: 0, weight: 0 } },
  },
  persuadable: {
    ...base,
    summary:
      'Calls are assigned at random among chosen accounts; whether a call keeps an account, drives it away or changes nothing depends on its response type.',
    respondsToCalls: true,
  },
  leak: { ...base, summary: 'The company of base with ten leaks planted into its tables.' },
  'seed-fact': {
    ...base,
    ...indifferent,
    summary:
      'On one snapshot date three signs each go with less leaving than the base rate, all three together with more than twice as much.',
    aspects: {
      ...weightless(baseAspects),
      usage: { rate: 0, weight: 0 },
      support: { rate: 0, weight: 0 },
      surveys: { rate: 0, weight: 0 },
    },
  },
};

export const scenarioPlan = (scenario: ScenarioName): ScenarioPlan => plans[scenario];

function weightless(planned: Readonly<Record<Aspect, AspectPlan>>): Record<Aspect, AspectPlan> {
  return Object.fromEntries(
    aspects.map((aspect) => [aspect, { rate: planned[aspect].rate, weight: 0 }]),
  ) as Record<Aspect, AspectPlan>;
}
