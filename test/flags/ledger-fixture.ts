import type { FlagFigures } from '../../src/flags/figures.js';
import { type Fact, type Ledger, ledgerSchema } from '../../src/flags/ledger.js';
import { twoSidedTail } from '../../src/math/normal-tail.js';
import { wilsonInterval } from '../../src/metrics/proportion.js';
import type { Condition } from '../../src/models/condition.js';
import { HOSTILE } from '../reports/card-fixture.js';

const ROWS = 20_000;
const LEFT = 4_000;

/** What a count amounts to beside 20,000 accounts of which 4,000 left; the p-value is the normal distribution's. */
export function figures(accounts: number, churned: number): FlagFigures {
  const baseRate = LEFT / ROWS;
  const rate = churned / accounts;
  const z = (rate - baseRate) / Math.sqrt((baseRate * (1 - baseRate)) / accounts);
  const p = z > 0 ? twoSidedTail(z) / 2 : 1 - twoSidedTail(z) / 2;
  const part = { allAccounts: ROWS, allChurned: LEFT, baseRate };
  return { accounts, churned, rate, ...wilsonInterval(churned, accounts), ...part, lift: rate / baseRate, p };
}

const SILENT: Condition = { test: 'at-least', feature: 'days_since_login', threshold: 14 };
const CASES: Condition = { test: 'at-least', feature: 'cases_28d', threshold: 11 };
const UNHAPPY: Condition = { test: 'below', feature: 'csat', threshold: 5 };
const WORDS = ['days_since_login >= 14', 'cases_28d >= 11', 'csat < 5'] as const;

function part(without: string, others: [number, number], flag: [number, number]): Fact['parts'][number] {
  const [rest, restChurned] = [others[0] - flag[0], others[1] - flag[1]];
  const { low: restLow, high: restHigh } = wilsonInterval(restChurned, rest);
  return {
    without,
    figures: figures(...others),
    restAccounts: rest,
    restRate: restChurned / rest,
    restLow,
    restHigh,
    p: 0.00002,
  };
}

/** The fact that the whole is about: each part leaves less than the base rate of 20 %, together 42.3 % leave. */
export const seedFact: Fact = {
  id: 'a1b2c3d4',
  conditions: [SILENT, CASES, UNHAPPY],
  expression: WORDS.join(' and '),
  sql: '("days_since_login" >= 14) AND ("cases_28d" >= 11) AND ("csat" < 5)',
  status: 'confirmed',
  why: 'confirmed: 110 of 260 left (42.3 %), base 20 %',
  publishedOn: '2026-11-30',
  expiresOn: '2027-05-29',
  discovery: { ...figures(264, 121), correctedP: 0.001 },
  confirmation: { ...figures(260, 110), correctedP: 4e-12 },
  singles: [
    { condition: WORDS[0], figures: figures(4_000, 680) },
    { condition: WORDS[1], figures: figures(2_000, 170) },
    { condition: WORDS[2], figures: figures(3_000, 400) },
  ],
  parts: [
    part(WORDS[0], [560, 140], [260, 110]),
    part(WORDS[1], [1_110, 212], [260, 110]),
    part(WORDS[2], [700, 153], [260, 110]),
  ],
  groups: [],
  warning: null,
  retests: [],
};

const failedFact: Fact = {
  ...seedFact,
  id: 'deadbeef',
  conditions: [{ test: 'equals', feature: 'plan', level: 'trial' }, UNHAPPY],
  expression: 'plan is trial and csat < 5',
  sql: `("plan" = 'trial') AND ("csat" < 5)`,
  status: 'failed',
  why: 'failed: 30 of 140 left (21.4 %), base 20 % (not above it beyond doubt: corrected p 0.34)',
  discovery: { ...figures(140, 53), correctedP: 0.041 },
  confirmation: { ...figures(140, 30), correctedP: 0.34 },
  singles: [
    { condition: 'plan is trial', figures: figures(1_800, 396) },
    { condition: WORDS[2], figures: figures(3_000, 400) },
  ],
  parts: [],
};

const triggers: Ledger['triggers'] = [
  {
    condition: { test: 'missing', feature: 'last_survey' },
    expression: 'last_survey is missing',
    figures: figures(1_200, 360),
    correctedP: 2e-15,
  },
  {
    condition: { test: 'equals', feature: 'plan', level: 'trial' },
    expression: 'plan is trial',
    figures: figures(1_800, 396),
    correctedP: 0.31,
  },
  { condition: SILENT, expression: WORDS[0], figures: figures(4_000, 680), correctedP: 1 },
  { condition: UNHAPPY, expression: WORDS[2], figures: figures(3_000, 400), correctedP: 1 },
  { condition: CASES, expression: WORDS[1], figures: figures(2_000, 170), correctedP: 1 },
];

/** Steps of accounts and leavers that one after the other adds. */
export function returnsOf(steps: readonly [string, number, number][]): Ledger['flagReturns'] {
  let [contacted, reached] = [0, 0];
  return steps.map(([expression, accounts, churned]) => {
    contacted += accounts;
    reached += churned;
    return {
      expression,
      accounts,
      churned,
      rate: churned / accounts,
      ...wilsonInterval(churned, accounts),
      churnedShare: reached / LEFT,
      accountsShare: contacted / ROWS,
    };
  });
}

/** A flat table with the seed fact in it: one flag confirmed, one guess that did not hold. */
export function seedLedger(): Ledger {
  return ledgerSchema.parse({
    formatVersion: 1,
    kind: 'churnlab-flags',
    churnlabVersion: '0.1.0',
    data: { file: 'customers.csv', sha256: 'c0ffee'.repeat(10).slice(0, 64).padEnd(64, '0') },
    seed: 1,
    discovery: { rows: ROWS, churned: LEFT, from: null, to: null },
    confirmation: { rows: ROWS, churned: LEFT, from: null, to: null },
    handled: [],
    search: {
      conditions: 84,
      depth: 3,
      leastAccounts: 50,
      candidates: 88_412,
      complete: true,
      correction: 'westfall-young',
      permutations: 1_000,
      carried: 2,
    },
    capacity: 70,
    facts: [seedFact, failedFact],
    overlap: [[1]],
    triggers,
    triggerReturns: returnsOf([
      ['last_survey is missing', 1_200, 360],
      ['plan is trial', 1_650, 350],
    ]),
    flagReturns: returnsOf([[seedFact.expression, 260, 110]]),
  });
}

/** Nothing held: a search of 1,312,400 combinations without one that chance does not explain. */
export function emptyLedger(): Ledger {
  const ledger = seedLedger();
  return {
    ...ledger,
    search: { ...ledger.search, candidates: 1_312_400, carried: 0 },
    facts: [],
    overlap: [],
    triggers: [],
    triggerReturns: [],
    flagReturns: [],
  };
}

const group = (
  by: string,
  value: string,
  [accounts, churned]: [number, number],
  outsideRate: number,
  verdict: Fact['groups'][number]['verdict'],
): Fact['groups'][number] => ({ by, value, inside: figures(accounts, churned), outsideRate, verdict });

const datedFact: Fact = {
  ...seedFact,
  warning: { accounts: 96, medianDays: 41, lowDays: 12, highDays: 88 },
  groups: [
    group('journey_stage', 'land', [40, 4], 0.31, 'reversed'),
    group('journey_stage', 'adopt', [120, 58], 0.18, 'holds'),
    group('journey_stage', 'renew', [100, 48], 0.24, 'holds'),
    group('segment', 'small', [180, 82], 0.22, 'holds'),
    group('segment', 'enterprise', [80, 28], 0.15, 'unclear'),
  ],
  retests: [
    {
      on: '2027-02-01',
      data: { file: 'next/', sha256: '0'.repeat(64) },
      figures: figures(131, 52),
      verdict: 'alive',
    },
  ],
};

const secondFact: Fact = {
  ...datedFact,
  id: '0badcafe',
  conditions: [
    { test: 'at-least', feature: 'unresolved_urgent_tickets_28d', threshold: 2 },
    { test: 'below', feature: 'usage_change_28d', threshold: -0.35 },
    { test: 'equals', feature: 'segment', level: 'Small and medium-sized businesses' },
    { test: 'at-least', feature: 'executive_contacts_left_180d', threshold: 1 },
  ],
  expression:
    'unresolved_urgent_tickets_28d >= 2 and usage_change_28d < -0.35 and segment is "Small and medium-sized businesses" and executive_contacts_left_180d >= 1',
  confirmation: { ...figures(90, 33), correctedP: 0.0007 },
  discovery: { ...figures(88, 35), correctedP: 0.012 },
  singles: [
    { condition: 'unresolved_urgent_tickets_28d >= 2', figures: figures(900, 261) },
    { condition: 'usage_change_28d < -0.35', figures: figures(2_500, 520) },
  ],
  warning: { accounts: 30, medianDays: 19, lowDays: 6, highDays: 47 },
  groups: [
    group('journey_stage', 'adopt', [70, 27], 0.19, 'holds'),
    group('journey_stage', 'renew', [20, 6], 0.2, 'unclear'),
  ],
  retests: [],
};

const retiredFact: Fact = {
  ...secondFact,
  id: 'feedface',
  expression: 'seats_change_90d < -0.2 and invoices_overdue_28d >= 1',
  status: 'retired',
  why: 'dead on 2026-10-01: 38 of 210 left (18.1 %), base 20 %',
  retests: [
    {
      on: '2026-10-01',
      data: { file: 'next/', sha256: '0'.repeat(64) },
      figures: figures(210, 38),
      verdict: 'dead',
    },
  ],
};

/** Dated tables: two flags that hold, one of them turning around in a stage, a failed guess and a retired fact. */
export function datedLedger(): Ledger {
  const ledger = seedLedger();
  return ledgerSchema.parse({
    ...ledger,
    data: { file: 'company', sha256: '1'.repeat(64) },
    discovery: { rows: ROWS, churned: LEFT, from: '2024-01-01', to: '2024-12-01' },
    confirmation: { rows: ROWS, churned: LEFT, from: '2025-04-01', to: '2026-02-01' },
    handled: [{ expression: 'invoices_overdue_28d >= 2', accounts: 812, churned: 301 }],
    facts: [datedFact, secondFact, failedFact, retiredFact],
    overlap: [
      [1, 0.62],
      [0.62, 1],
    ],
    flagReturns: returnsOf([
      [datedFact.expression, 260, 110],
      [secondFact.expression, 34, 11],
    ]),
  });
}

/** Names as hostile as a spreadsheet can make them, wherever a ledger holds text. */
export function hostileLedger(): Ledger {
  const names = Object.values(HOSTILE);
  const ledger = datedLedger();
  const facts = ledger.facts.map((fact, i) => ({
    ...fact,
    conditions: fact.conditions.map((one, k) => ({ ...one, feature: names[k]! })),
    expression: fact.conditions.map((_, k) => `"${names[(i + k) % names.length]}" < ${k}`).join(' and '),
    sql: `"${names[i]}" < 1`,
    why: `failed: ${HOSTILE.html} does not earn its place`,
    singles: fact.singles.map((single, k) => ({ ...single, condition: `"${names[k]}" < ${k}` })),
    parts: fact.parts.map((one, k) => ({ ...one, without: `"${names[k]}" < ${k}` })),
    groups: fact.groups.map((one, k) => ({
      ...one,
      by: k < 3 ? 'journey_stage' : HOSTILE.script,
      value: names[k]!,
    })),
    retests: fact.retests.map((one) => ({ ...one, data: { ...one.data, file: HOSTILE.html } })),
  }));
  const hostile = (steps: Ledger['flagReturns']) =>
    steps.map((step, i) => ({ ...step, expression: names[i]! }));
  return ledgerSchema.parse({
    ...ledger,
    data: { ...ledger.data, file: HOSTILE.html },
    handled: [{ expression: HOSTILE.script, accounts: 10, churned: 4 }],
    facts,
    triggers: ledger.triggers.map((trigger, i) => ({ ...trigger, expression: names[i]! })),
    triggerReturns: hostile(ledger.triggerReturns),
    flagReturns: hostile(ledger.flagReturns),
  });
}
