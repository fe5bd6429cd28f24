import { beforeAll, describe, expect, it } from 'vitest';
import { displayBundle } from '../../src/displays/display-bundle.js';
import type { DisplayOptions } from '../../src/displays/display-options.js';
import { simpsonCheck } from '../../src/journey/simpson.js';
import { describeStages } from '../../src/journey/stage.js';
import { seededRandom } from '../../src/math/random.js';
import { logRankTest } from '../../src/metrics/log-rank.js';
import { measureMetrics } from '../../src/metrics/measure.js';
import { reconcileChurn } from '../../src/metrics/reconcile.js';
import { survivalCurve } from '../../src/metrics/survival.js';
import { valueOfChurn } from '../../src/value/value-of-churn.js';
import type { Intake } from '../../src/workspace/intake.js';
import { makeCompany } from '../company-fixture.js';
import { datedLedger, emptyLedger, hostileLedger, seedLedger } from '../flags/ledger-fixture.js';
import { TEN_ACCOUNTS } from '../metrics/ten-accounts.js';
import { HOSTILE, hostileCard, noSignalCard, signalCard } from '../reports/card-fixture.js';
import { checked, profile } from '../reports/checked-fixture.js';
import { companyCard, hostileCompanyCard } from '../reports/company-fixture.js';

const counts = { read: 12, kept: 9, rejected: 2, skipped: 0, dropped: 1 };
const intake: Intake = {
  files: [{ table: 'invoices', file: 'in/bills.csv', sha256: 'ab12', ...counts }],
  tables: [{ table: 'invoices', files: ['in/bills.csv'], ...counts, doubted: 3 }],
  sideFiles: [],
  rejects: [5, 1_234].map((rowNumber) => ({
    table: 'invoices',
    file: 'in/bills.csv',
    rowNumber,
    column: 'amount_cents',
    value: HOSTILE.script,
    reason: 'is no number',
  })),
  rejectCount: 2_000,
  doubts: [
    {
      kind: 'paid-before-issued',
      table: 'invoices',
      title: 'Invoices paid before they were issued',
      explanation: 'Columns may be swapped.',
      count: 3,
      action: 'keep',
      examples: [{ file: 'in/bills.csv', rowNumber: 7, text: 'account A7' }],
    },
  ],
  notes: [{ kind: 'unread-columns', message: 'bills.csv: nothing reads the column shoe' }],
  observedUntil: Date.UTC(2024, 6, 1),
};
const value = valueOfChurn({
  accounts: 400,
  monthlyRevenueCents: 20_000_000,
  monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
  newAccountsPerMonth: 10,
  currency: 'EUR',
});
const stays = {
  entry: new Float64Array(6),
  time: Float64Array.of(100, 200, 400, 400, 800, 1200),
  left: Uint8Array.of(1, 0, 1, 1, 0, 1),
};

/** Where community posts go with leaving over all, as leavers are in the segment that posts; inside it is the other way. */
const turning = (() => {
  const cells = [
    { segment: 0, posts: 1, rows: 100, churned: 5 },
    { segment: 0, posts: 0, rows: 1000, churned: 150 },
    { segment: 1, posts: 1, rows: 1000, churned: 500 },
    { segment: 1, posts: 0, rows: 100, churned: 70 },
  ];
  const rows = cells.flatMap(({ rows, churned, ...cell }) =>
    Array.from({ length: rows }, (_, i) => ({ ...cell, churned: i < churned ? 1 : 0 })),
  );
  return simpsonCheck({
    churned: Uint8Array.from(rows, (row) => row.churned),
    facts: [
      {
        kind: 'category',
        name: 'posts',
        codes: Int32Array.from(rows, (row) => row.posts),
        levels: ['no', 'yes'],
      },
    ],
    strata: [
      {
        kind: 'category',
        name: 'segment',
        codes: Int32Array.from(rows, (row) => row.segment),
        levels: ['small', 'large'],
      },
    ],
  });
})();

const { verdict, evaluation, differences } = signalCard();
let results: Record<string, unknown>;
beforeAll(async () => {
  const company = await makeCompany(TEN_ACCOUNTS, {
    name: '<b>Ten</b>',
    observedUntil: Date.UTC(2024, 3, 15),
  });
  const metrics = await measureMetrics(company, { by: 'segment', random: seededRandom(1) });
  results = {
    metrics,
    curves: metrics.survival,
    reconciliation: await reconcileChurn(company, '2024-03'),
    stages: describeStages(company.settings.stages),
    intake,
    workspace: { company, intake },
    check: checked,
    profile,
    card: signalCard(),
    training: { model: {}, recipe: {}, card: companyCard(), rejects: [] },
    'no signal': noSignalCard(),
    'hostile card': hostileCard(),
    'hostile company': hostileCompanyCard(),
    evaluation,
    judged: { verdict, evaluation, differences, read: 10, rejected: 0, rejects: [] },
    differences,
    difference: differences[0],
    'lead times': companyCard().company!.leadTimes.toReversed(),
    flags: seedLedger(),
    'dated flags': datedLedger(),
    'hostile flags': hostileLedger(),
    'no flags': emptyLedger(),
    figures: seedLedger().facts[0]!.confirmation,
    curve: survivalCurve(stays),
    'log-rank': logRankTest(stays, ['a', 'b', 'a', 'b', 'a', 'b']),
    turning,
    'nothing turns': { reversals: [], looked: 8 },
    value,
    backtest: {
      company: 'Acme',
      gapDays: 0,
      horizonDays: 30,
      folds: [
        {
          snapshotAt: '2024-01-01',
          trainingRows: 10,
          trainingSnapshots: 2,
          chosen: 'ensemble',
          range: { expected: 12.4, low: 8, high: 17 },
          levelSpread: 0.1,
          actual: 18,
          inRange: false,
          figures: {
            rows: 90,
            accounts: 90,
            churned: 18,
            rate: { value: 0.2, low: 0.13, high: 0.29 },
            predicted: 12.4,
            auc: { value: 0.8, low: 0.7, high: 0.9 },
            logLoss: null,
          },
        },
      ],
      skipped: [{ snapshotAt: '2023-12-01', reason: 'too few' }],
      expected: 12.4,
      actual: 18,
      inRange: 0,
    },
    estimate: { value: 0.85, low: 0.831, high: 0.8691 },
  };
  await company.database.close();
});

async function textOf(name: string, options: DisplayOptions = {}): Promise<string> {
  return String((await displayBundle(results[name], options)).data['text/plain']);
}

/** What each kind tells first of all, and a line of its figures. */
const TOLD: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  metrics: [
    /^4 accounts came or came back in 2024-03 and 4 left: the pot holds its level\./,
    /^Customer churn, opening base +50 % \(12–88\) +20 % \(0\.5–72\) +6 +accounts at the start of the month$/m,
    /^large +3 +25 % \(0\.6–81\)/m,
    'Log-rank test between groups by segment: χ² 5.6',
    'needs table usage_events',
  ],
  curves: [/^small +7 +4 +–/m, /0 % after 90$|after \d+$/m],
  reconciliation: [
    /^2024-03: Opening base 50\.00 %, Exposure 70\.45 %/,
    /^joined and left within the month +\+16\.67 points +1\/6$/m,
  ],
  stages: [/^land +In its present stay for less than 90 days and not yet adopting\.$/m],
  intake: [
    /^To look at: 2 rejected rows and 1 kind of rows in doubt\./,
    'Observed until 2024-07-01',
    /^invoices +bills\.csv +12 +9 +2 +0 +1 +3$/m,
    /^Invoices paid before they were issued +invoices +3 +kept +account A7 \(bills\.csv, row 7\) +Columns may be swapped\.$/m,
    'nothing reads the column shoe',
  ],
  workspace: [/^To look at: 2 rejected rows/],
  check: [/^To look at: 1 column that may give the answer away/, /^ +Row +Column/m, '0.987', /^id +id like/m],
  profile: [/^To look at: 2 remarks/, 'Table: 40 rows, 4 columns'],
  card: [
    /^Signal\n\nThe model tells churners apart/,
    '82 % of the 10 % riskiest accounts left (76–88 %)',
    /^Ensemble \(chosen\) +0\.4102 \(0\.3893–0\.4311\)/m,
    'Against the base rate: better beyond doubt',
  ],
  training: [
    /^Signal/,
    /^Usage +\+0\.0047 \(\+0\.0002 to \+0\.0092\) .* needed: the others do not make up for it$/m,
    'begins to tell 77 days before leaving (95 % interval 68–86)',
    'Audit passed',
  ],
  'no signal': [/^No signal/, /^Base rate \(chosen\)/m],
  'hostile card': ['The answer in disguise?'],
  evaluation: [
    /^AUC +0\.850 \(0\.831–0\.870\)$/m,
    /^10 % +141 +82 % \(76–88 %\) +3\.09 \(2\.85–3\.33\) +31 % \(28–33 %\)$/m,
  ],
  judged: [/^Signal/, 'Average precision', 'Against the base rate: better beyond doubt'],
  differences: [/^logistic +−0\.0077 \(−0\.0159 to \+0\.0005\) .* no clear difference$/m],
  difference: [/^base-rate .* better beyond doubt$/m],
  'lead times': [
    /^Days since a meeting of executives +62 days +begins to tell 77 days/m,
    /executives.+ 25 days .+ 9 days too late .+ – /s,
  ],
  flags: [
    /^1 compound red flag confirmed/,
    /^days_since_login >= 14 and cases_28d >= 11 and csat < 5 +110 of 260 +42 % \(36–48 %\) +20 % +2\.12 +0\.001 +<0\.001 +2027-05-29$/m,
    /^plan is trial and csat < 5 +38 % \(30–46 %\) +21 % \(15–29 %\) +Failed:/m,
    'Seed 1.',
  ],
  'dated flags': ['in stage land it means the opposite', 'on 2027-02-01 it held', 'Retired flags'],
  'no flags': [/^No combination held beyond chance/],
  figures: [/^110 of 260 left, 42 % \(36–48 %\): 2\.12 times the base rate of 20 % \(p <0\.001\)\.$/],
  curve: [
    /^all stays +6 +4 +83 % \(27–97 %\) +83 % \(27–97 %\) +42 % \(5\.6–77 %\) +42 % \(5\.6–77 %\) +0 % after 1,200$/m,
    'Half have left after 400 days (100 days or more).',
  ],
  'log-rank': [/^Log-rank test: χ² 0\.4 on 1 degrees of freedom, p 0\.513\./, /^a +3 +2 +1\.5$/m],
  turning: [
    /^1 fact turns around/,
    /^posts is \w+ +segment +[+−]\d+\.\d \(.* to .*\) +[+−]\d+\.\d \(.* to .*\)/m,
    'in words',
  ],
  'nothing turns': [/^No fact turns around beyond doubt\n\nNone among 8 comparisons/],
  value: [
    /^5 % less churn is worth 168,228 EUR/,
    /^5 % less churn +1\.90 % \(1\.42 % to 2\.47 %\) +52\.6 months \(40\.5 to 70\.2\) +168,228 \(151,425–182,333\)/m,
    /^Save rate +10 % +179\.72 +50 % +898\.62$/m,
    /^contactCostCents +20\.00 EUR +5\.00 EUR +100\.00 EUR/m,
  ],
  backtest: [
    /^12 leavers were expected/,
    /^2024-01-01 +12 \(8–17\) +18 \(outside\) +20 % \(13–29 %\) +0\.800 \(0\.700–0\.900\) +– +ensemble$/m,
  ],
  estimate: [/^0\.850 \(95 % interval 0\.831–0\.869\)$/],
};

describe('results', () => {
  it.each(Object.entries(TOLD))('%s: what matters first, with figures and intervals', async (name, parts) => {
    const text = await textOf(name);
    for (const part of parts) {
      if (typeof part === 'string')
        expect(text.replace(/\s+/g, ' ').toLowerCase()).toContain(part.toLowerCase());
      else expect(text).toMatch(part);
    }
    expect(text).not.toMatch(/undefined|NaN|\[object|\u00a0/);
  });

  it('have the same figures as text and as HTML, and nothing of the data becomes markup', async () => {
    for (const [name, result] of Object.entries(results)) {
      const { data } = await displayBundle(result);
      const markup = String(data['text/html']);
      const ours =
        /<\/?(div|p|strong|ul|li|table|caption|thead|tbody|tfoot|tr|th|td|bdi|span)( [a-z]+="[^"<>]*")*>/g;
      expect(markup.replace(ours, ''), name).not.toMatch(/[<>"]/);
      const read = markup
        .replace(/<[^>]*>/g, ' ')
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
      const figures = (text: string) => text.match(/\d[\d,.]*\d/g);
      expect(figures(read), name).toEqual(figures(String(data['text/plain']).replace(/^- /gm, '')));
    }
  });

  it('say nothing that looks like a ranking where there is no signal', async () => {
    expect(await textOf('no signal')).not.toMatch(/riskiest/);
  });

  it('list as many rows as asked for, and count all', async () => {
    expect(await textOf('intake', { rows: 1 })).toMatch(/^1 of 2,000 rows$/m);
    expect(await textOf('profile', { rows: 2 })).toMatch(/^2 of 4 rows$/m);
  });

  it('take units and digits for an estimate', async () => {
    const shown = (options: DisplayOptions) => textOf('estimate', options);
    expect(await shown({ units: { value: 'percent' } })).toBe('85.0 % (95 % interval 83.1–86.9 %)');
    expect(await shown({ units: { value: 'days' }, digits: { value: 1 } })).toBe(
      '0.8 days (95 % interval 0.8–0.9)',
    );
  });

  it('are told apart from what merely looks alike', async () => {
    for (const other of [
      { value: 1, low: 'a', high: 2 },
      { reversals: 'none', looked: 3 },
      { stage: 'land', description: 7 },
      { against: 'base', logLoss: 0.5, brier: 0.2, auc: 0.7, lift: 2 },
      { accounts: 3, churned: 1, rate: '33 %', low: 0, high: 1, baseRate: 0.2, lift: 1.6, p: 0.1 },
    ]) {
      expect(String((await displayBundle(other)).data['text/plain'])).toMatch(/^Name/);
      const columns = Object.keys(other).join(' ');
      expect(String((await displayBundle([other])).data['text/plain']).replace(/ +/g, ' ')).toContain(
        columns,
      );
    }
  });
});
