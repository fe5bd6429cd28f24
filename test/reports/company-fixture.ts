import type { Estimate, PairedDifference } from '../../src/evaluation/evaluation.js';
import type { LeadTime } from '../../src/lead-time/lead-time.js';
import { type Card, cardSchema } from '../../src/training/card.js';
import type { AspectWorth, CompanyCard } from '../../src/training/company-card.js';
import { HOSTILE, noSignalCard, signalCard } from './card-fixture.js';

const estimate = (value: number, halfWidth: number): Estimate => ({
  value,
  low: value - halfWidth,
  high: value + halfWidth,
});

function difference(
  against: string,
  logLoss: readonly [number, number],
  lift: readonly [number, number],
): PairedDifference {
  return {
    against,
    logLoss: estimate(...logLoss),
    brier: estimate(logLoss[0] / 3, logLoss[1] / 3),
    auc: estimate(-4 * logLoss[0], 4 * logLoss[1]),
    lift: estimate(...lift),
  };
}

function aspect(
  name: string,
  title: string,
  features: number,
  without: readonly [number, number],
  alone: readonly [number, number],
): AspectWorth {
  return {
    aspect: name,
    title,
    features,
    without: difference('all aspects', without, [-40 * without[0], 0.3]),
    alone: difference('base rate', alone, [-120 * alone[0], 0.5]),
  };
}

const ASPECTS: AspectWorth[] = [
  aspect('executive_relationship', 'Executive relationship', 9, [0.0138, 0.0097], [-0.0166, 0.0077]),
  aspect('usage', 'Usage', 23, [0.0047, 0.0045], [-0.0071, 0.0055]),
  aspect('invoices', 'Invoices', 14, [0.004, 0.0057], [-0.0066, 0.0066]),
  aspect('renewal', 'Renewal', 6, [0.0023, 0.0053], [-0.0098, 0.0063]),
  aspect('support', 'Support', 22, [-0.0013, 0.0026], [-0.0005, 0.0008]),
  aspect('onboarding', 'Onboarding', 1, [-0.0046, 0.0037], [0.0002, 0.0026]),
];

const FEATURES: CompanyCard['features'] = [
  [
    'days_since_executive',
    'executive_relationship',
    'Executive relationship',
    'days',
    'Days since a meeting of executives',
  ],
  ['active_days_28d', 'usage', 'Usage', 'days', 'Days with usage in the 28 days before'],
  [
    'usage_change_28d',
    'usage',
    'Usage',
    'share',
    'Change of usage in the 28 days before against the 28 days before these',
  ],
  [
    'overdue_cents',
    'invoices',
    'Invoices',
    'cents',
    'Amount of the bills that should have been paid by now; other currencies are converted',
  ],
  ['days_to_renewal', 'renewal', 'Renewal', 'days', 'Days until the agreement has to be renewed'],
  ['tickets_open', 'support', 'Support', 'tickets', 'Tickets not closed now'],
  ['milestones_late', 'onboarding', 'Onboarding', 'steps', 'Steps of the onboarding that are overdue'],
].map(([name, aspect, title, unit, description]) => ({
  name: name!,
  aspect: aspect!,
  title: title!,
  unit: unit!,
  description: description!,
}));

function leadTime(
  name: string,
  tells: LeadTime['tells'],
  onsetDays: number | null,
  arrivalDays = 0,
): LeadTime {
  const { aspect, description } = FEATURES.find((feature) => feature.name === name)!;
  const flagDays = 15.2;
  const isFar = (daysBefore: number) => onsetDays !== null && daysBefore > onsetDays;
  return {
    feature: name,
    aspect,
    description,
    leavers: 412,
    curve: Array.from({ length: 14 }, (_, week) => {
      const daysBefore = 14 * week;
      const tells14 = tells !== 'never' && !isFar(daysBefore);
      return { daysBefore, auc: estimate(tells14 ? 0.36 : 0.5, 0.035), lift: tells14 ? 2.1 : 1 };
    }),
    tells,
    leaversHave: tells === 'never' ? null : 'less',
    leadDays: onsetDays === null ? null : estimate(onsetDays, 9),
    arrivalDays,
    flagDays,
    daysToAct: onsetDays === null ? null : onsetDays - arrivalDays - flagDays,
  };
}

/** Monthly snapshots from January 2023 on: 11 to learn from, 2 under embargo, 3 held back. */
const SNAPSHOTS: CompanyCard['snapshots'] = Array.from({ length: 16 }, (_, month) => ({
  snapshotAt: new Date(Date.UTC(2023, month, 1)).toISOString().slice(0, 10),
  accounts: 430 + 6 * month,
  left: 118 - (month % 4),
  part: month < 11 ? 'training' : month < 13 ? 'embargo' : 'held-back',
}));

const figures = (rows: number, accounts: number, churned: number, predicted: number) => ({
  rows,
  accounts,
  churned,
  predicted,
  rate: { value: churned / rows, low: Math.max(0, churned / rows - 0.05), high: churned / rows + 0.05 },
  auc: churned === 0 ? null : estimate(0.81, 0.05),
  logLoss: churned === 0 ? null : estimate(0.42, 0.03),
});

const COMPANY: CompanyCard = {
  name: 'Tally Systems',
  currency: 'EUR',
  observedUntil: '2024-08-01T00:00:00.000Z',
  gapDays: 0,
  horizonDays: 90,
  rhythm: 'month',
  stage: null,
  snapshots: SNAPSHOTS,
  setApart: { leftInGap: 0, censored: 37, involuntary: 12 },
  features: FEATURES,
  audit: {
    passed: true,
    snapshotAt: '2024-04-01',
    accounts: 520,
    features: FEATURES.length,
    changes: ['usage_events', 'support_tickets'].flatMap((table, i) =>
      ['append', 'alter', 'delete'].map((kind, j) => ({ table, kind, rows: 48_210 - 41_000 * i + 7 * j })),
    ),
    changed: [],
  },
  dataLeaks: [
    {
      kind: 'rewritten-after-leaving',
      table: 'accounts',
      column: 'plan',
      message: '188 of 201 accounts that left have the plan "closed", and none of the 611 others',
      action: 'left-out',
      features: ['plan'],
    },
    {
      kind: 'arrives-after-leaving',
      table: 'surveys',
      column: 'answered_at',
      message: '64 exit surveys are dated before leaving and were recorded after it',
      action: 'masked',
      features: [],
    },
  ],
  unseenAccounts: figures(61, 38, 14, 15.4),
  groups: [
    { by: 'stage', value: 'adopt', ...figures(940, 330, 241, 231.5) },
    { by: 'stage', value: 'land', ...figures(69, 52, 0, 1.2) },
    { by: 'stage', value: 'renew', ...figures(400, 210, 133, 137.9) },
    { by: 'segment', value: 'enterprise', ...figures(379, 107, 77, 68.5) },
    { by: 'segment', value: 'small', ...figures(1030, 432, 297, 302.1) },
  ],
  aspects: ASPECTS,
  usage: {
    kind: 'not-enough',
    sentence:
      'Usage is not enough: usage alone predicts worse than all aspects together beyond doubt, log loss +0.0214 (+0.0100 to +0.0346).',
    difference: difference('all aspects', [0.0214, 0.0123], [-1.2, 0.8]),
  },
  leadTimes: [
    leadTime('days_since_executive', 'from-onset', 77),
    leadTime('usage_change_28d', 'from-onset', 42, 1.4),
    leadTime('overdue_cents', 'from-onset', 9, 3),
    leadTime('days_to_renewal', 'throughout', null),
    leadTime('tickets_open', 'never', null),
    leadTime('milestones_late', 'never', null),
  ],
  reversals: [
    {
      feature: 'tickets_open',
      by: 'segment',
      message:
        'tickets_open >= 1: leaving is 4.1 points (2.9 to 5.3) more frequent over all, but 3 points (1.2 to 4.8) less frequent inside segment',
    },
  ],
};

/** A run on dated tables; every call gives a fresh copy. */
export function companyCard(change: Partial<CompanyCard> = {}): Card {
  const card = signalCard();
  return cardSchema.parse({
    ...card,
    name: 'tally',
    data: { ...card.data, file: COMPANY.name, target: 'churned', positive: 'yes', id: 'account_id' },
    split: {
      kind: 'time',
      column: 'snapshot_at',
      trainingRows: 5060,
      heldBackRows: 1409,
      heldBackFrom: '2024-02-01T00:00:00.000Z',
      folds: 5,
    },
    verdict: {
      kind: 'signal',
      sentence: 'The model tells churners apart: on 1,409 held-back rows its AUC is 0.850 (0.831–0.870).',
    },
    drivers: card.drivers
      .slice(0, FEATURES.length)
      .map((driver, i) => ({ ...driver, feature: FEATURES[i]!.name })),
    topAccounts: card.topAccounts.map((account) => ({
      ...account,
      reasons: [
        { feature: 'active_days_28d', push: 0.7, text: 'active_days_28d is 3 (typical 12)' },
        { feature: 'overdue_cents', push: 0.4, text: 'overdue_cents is 99000 (typical 0)' },
      ],
    })),
    company: structuredClone({ ...COMPANY, ...change }),
  });
}

/** The same run, in which nothing was found. */
export function noSignalCompanyCard(): Card {
  const { company, split, data } = companyCard();
  return cardSchema.parse({ ...noSignalCard(), company, split, data });
}

/** A run on tables whose names and cells attack whatever shows them, and whose features know the future. */
export function hostileCompanyCard(): Card {
  const { html, pipes, script, terminal } = HOSTILE;
  return companyCard({
    name: script,
    features: FEATURES.map((feature) => ({ ...feature, title: html, unit: pipes, description: script })),
    audit: { ...COMPANY.audit, passed: false, changed: ['usage_change_28d', html] },
    dataLeaks: COMPANY.dataLeaks.map((leak) => ({
      ...leak,
      column: pipes,
      message: terminal,
      features: [html],
    })),
    groups: COMPANY.groups.map((group) => ({ ...group, value: `${html} ${group.value}` })),
    aspects: ASPECTS.map((one) => ({ ...one, title: `${script} ${one.aspect}` })),
    usage: { kind: 'no-usage', sentence: terminal, difference: null },
    leadTimes: COMPANY.leadTimes.map((lead) => ({ ...lead, description: html })),
    reversals: [{ feature: html, by: pipes, message: `${pipes} ${html}` }],
  });
}
