import type { Estimate, Evaluation } from '../../src/evaluation/evaluation.js';
import { type Card, cardSchema } from '../../src/training/card.js';

/** Names and cells as hostile as a spreadsheet can make them. */
export const HOSTILE = {
  html: '<img src=x onerror=alert(1)>"quoted" & \'single\'',
  script: '</script><script>alert(2)</script>',
  pipes: 'a|b `code` [link](javascript:alert(3)) *bold*\nnext line',
  emoji: 'Zufriedenheit 😀 größer',
  arabic: 'رضا العملاء',
  terminal: 'red \u001b[31malert\u0007 \u202Ereversed',
} as const;

const estimate = (value: number, halfWidth: number): Estimate => ({
  value,
  low: value - halfWidth,
  high: value + halfWidth,
});

/** Curves of a binormal model: churners' scores lie `distance` standard deviations above the others'. */
function binormal(distance: number): Evaluation['roc'] {
  const upper = (z: number) => 0.5 * (1 - erf(z / Math.SQRT2));
  const inner = Array.from({ length: 61 }, (_, i) => 4 - i / 7.5).map((threshold) => ({
    falsePositiveRate: upper(threshold),
    truePositiveRate: upper(threshold - distance),
  }));
  return [
    { falsePositiveRate: 0, truePositiveRate: 0 },
    ...inner,
    { falsePositiveRate: 1, truePositiveRate: 1 },
  ];
}

/** Abramowitz and Stegun 7.1.26, good to 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return x < 0 ? tail - 1 : 1 - tail;
}

interface World {
  rows: number;
  churned: number;
  /** Standard deviations between the scores of churners and of the others. */
  distance: number;
  auc: Estimate;
  logLoss: Estimate;
  brier: Estimate;
}

function evaluationOf({ rows, churned, distance, auc, logLoss, brier }: World): Evaluation {
  const baseRate = churned / rows;
  const roc = binormal(distance);
  const captured = (share: number) => {
    const at = (point: Evaluation['roc'][number]) =>
      baseRate * point.truePositiveRate + (1 - baseRate) * point.falsePositiveRate;
    const after = roc.findIndex((point) => at(point) >= share);
    const [a, b] = [roc[Math.max(after - 1, 0)]!, roc[Math.max(after, 0)]!];
    const part = at(b) > at(a) ? (share - at(a)) / (at(b) - at(a)) : 0;
    return a.truePositiveRate + part * (b.truePositiveRate - a.truePositiveRate);
  };
  const bounded = (value: number, halfWidth: number): Estimate => ({
    value,
    low: Math.max(0, value - halfWidth),
    high: Math.min(1, value + halfWidth),
  });
  const liftAt = [0.01, 0.05, 0.1, 0.2].map((share) => {
    const accounts = Math.round(share * rows);
    const rate = (captured(share) * baseRate) / share;
    const halfWidth = 1.96 * Math.sqrt((rate * (1 - rate)) / accounts);
    const caught = bounded(captured(share), halfWidth * (share / baseRate));
    return {
      share,
      accounts,
      rate: bounded(rate, halfWidth),
      lift: estimate(rate / baseRate, halfWidth / baseRate),
      captured: caught,
    };
  });
  const [contactCost, saveValue, saveRate] = [20, 500, 0.3];
  const curve = Array.from({ length: 51 }, (_, i) => {
    const share = i / 50;
    const accounts = Math.round(share * rows);
    const caught = (i === 50 ? 1 : captured(share)) * churned;
    return {
      share,
      accounts,
      profit: estimate(caught * saveRate * saveValue - accounts * contactCost, 90 * Math.sqrt(accounts)),
    };
  });
  const best = curve.reduce((top, point) => (point.profit.value > top.profit.value ? point : top));
  const bins = 10;
  const reliability = Array.from({ length: bins }, (_, i) => {
    const [from, to] = [1 - (i + 1) / bins, 1 - i / bins];
    const share = (captured(to) || 1) - (i === bins - 1 ? 0 : captured(from));
    const rate = Math.min(0.97, Math.max(0.004, share * baseRate * bins));
    return {
      accounts: Math.round(rows / bins),
      meanProbability: Math.min(0.95, rate * (i % 2 ? 0.93 : 1.04)),
      rate,
      low: Math.max(0, rate - 0.07),
      high: Math.min(1, rate + 0.07),
    };
  });
  return {
    rows,
    churned,
    baseRate,
    auc,
    averagePrecision: estimate(distance > 0.5 ? 0.668 : baseRate, 0.04),
    logLoss,
    brier,
    brierParts: {
      reliability: estimate(0.0008, 0.0006),
      resolution: estimate(0.062, 0.007),
      uncertainty: estimate(baseRate * (1 - baseRate), 0.005),
    },
    calibrationError: estimate(0.017, 0.007),
    calibrationSlope: estimate(1.02, 0.11),
    calibrationIntercept: estimate(-0.03, 0.13),
    liftAt,
    expectedCount: { predicted: churned * 0.991, actual: churned, ratio: estimate(0.991, 0.061) },
    profit: { contactCost, saveValue, saveRate, curve, best },
    reliability,
    roc,
  };
}

function candidate(
  name: string,
  label: string,
  settings: string,
  ensembleWeight: number | null,
  [auc, logLoss, brier]: readonly [number, number, number],
  halfWidth = 0.019,
): Card['candidates'][number] {
  return {
    name,
    label,
    settings,
    ensembleWeight,
    outOfFold: { auc: auc - 0.002, logLoss: logLoss + 0.0015, brier: brier + 0.0008 },
    heldBack: {
      auc: estimate(auc, name === 'base-rate' ? 0 : halfWidth),
      averagePrecision: estimate(0.2654 + (auc - 0.5) * 1.15, 0.04),
      logLoss: estimate(logLoss, halfWidth * 1.1),
      brier: estimate(brier, 0.0085),
      calibrationError: estimate(0.017, 0.007),
    },
  };
}

const level = (label: string, probability: number, rows: number) => ({
  label,
  value: null,
  probability,
  rows,
});
const number = (value: number, probability: number, rows: number) => ({
  label: String(value),
  value,
  probability,
  rows,
});
const driver = (feature: string, importance: number, dependence: Card['drivers'][number]['dependence']) => ({
  feature,
  importance,
  permutationLoss: estimate(importance * 0.043, 0.004),
  dependence,
});

const DRIVERS: Card['drivers'] = [
  driver('Contract', 0.712, [
    level('Month-to-month', 0.352, 775),
    level('One year', 0.191, 295),
    level('Two year', 0.128, 339),
  ]),
  driver(
    'tenure',
    0.584,
    [1, 3, 7, 12, 20, 29, 40, 50, 60, 69, 72].map((months) =>
      number(months, 0.16 + 0.3 * Math.exp(-months / 14), 128),
    ),
  ),
  driver('InternetService', 0.431, [
    level('Fiber optic', 0.347, 619),
    level('DSL', 0.231, 484),
    level('No', 0.143, 306),
  ]),
  driver('TotalCharges', 0.244, [
    ...[20, 150, 400, 900, 1400, 2100, 3600, 5200, 7900].map((sum) =>
      number(sum, 0.238 + 0.09 * Math.exp(-sum / 900) + sum / 250_000, 156),
    ),
    level('missing', 0.214, 2),
  ]),
  driver('PaymentMethod', 0.196, [
    level('Electronic check', 0.311, 473),
    level('Mailed check', 0.259, 322),
    level('Bank transfer (automatic)', 0.249, 309),
    level('Credit card (automatic)', 0.246, 305),
  ]),
  driver(
    'MonthlyCharges',
    0.172,
    [19, 25, 45, 56, 70, 76, 85, 95, 105, 118].map((charge) =>
      number(charge, 0.235 + (charge - 19) / 1500, 141),
    ),
  ),
  driver('OnlineSecurity', 0.151, [
    level('No', 0.292, 700),
    level('Yes', 0.232, 403),
    level('No internet service', 0.238, 306),
  ]),
  driver('TechSupport', 0.139, [
    level('No', 0.289, 695),
    level('Yes', 0.235, 408),
    level('No internet service', 0.24, 306),
  ]),
  driver('PaperlessBilling', 0.088, [level('Yes', 0.278, 833), level('No', 0.249, 576)]),
  driver('MultipleLines', 0.071, [level('Yes', 0.277, 594), level('No', 0.259, 815)]),
  driver('SeniorCitizen', 0.052, [level('1', 0.291, 228), level('0', 0.264, 1181)]),
  driver('gender', 0.006, [level('Female', 0.267, 690), level('Male', 0.266, 719)]),
];

const REASONS = [
  { feature: 'Contract', push: 0.91, text: 'Contract is Month-to-month (raises the risk)' },
  { feature: 'tenure', push: 0.74, text: 'tenure is 2 (raises the risk)' },
  { feature: 'InternetService', push: 0.55, text: 'InternetService is Fiber optic (raises the risk)' },
];

const TELCO: World = {
  rows: 1409,
  churned: 374,
  distance: 1.47,
  auc: estimate(0.8504, 0.0192),
  logLoss: estimate(0.4102, 0.0208),
  brier: estimate(0.133, 0.0084),
};

const SIGNAL_CARD: Card = {
  formatVersion: 1,
  name: 'telco',
  churnlabVersion: '0.1.0',
  data: {
    file: 'telco.csv',
    sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    read: 7043,
    kept: 7041,
    rejected: 2,
    target: 'Churn',
    positive: 'Yes',
    id: 'customerID',
    duplicates: 22,
  },
  options: { target: 'Churn', id: 'customerID', timeBudgetSeconds: 60, allow: [] },
  seed: 7,
  backend: 'tfjs-wasm',
  split: {
    kind: 'stratified',
    column: null,
    trainingRows: 5632,
    heldBackRows: 1409,
    heldBackFrom: null,
    folds: 5,
  },
  verdict: {
    kind: 'signal',
    sentence:
      'The model tells churners apart: on 1,409 held-back accounts its log loss is 0.410 against 0.578 for the base rate, and better than the best single trigger beyond doubt.',
  },
  baseRate: 0.2654,
  chosen: 'ensemble',
  calibration: {
    kind: 'platt',
    tried: [
      { kind: 'none', logLoss: 0.4121 },
      { kind: 'platt', logLoss: 0.4109 },
      { kind: 'beta', logLoss: 0.4111 },
      { kind: 'isotonic', logLoss: 0.4163 },
    ],
  },
  candidates: [
    candidate('base-rate', 'Base rate', 'no settings', 0, [0.5, 0.5784, 0.1949]),
    candidate('trigger', 'Best single trigger', 'Contract is Month-to-month', 0, [0.7269, 0.4969, 0.1641]),
    candidate('logistic', 'Logistic regression', 'l1 0.001, l2 0.01', 0.21, [0.8449, 0.4179, 0.1356]),
    candidate(
      'boosted-trees',
      'Boosted trees',
      'learning rate 0.1, 143 trees, 8 leaves',
      0.18,
      [0.847, 0.4138, 0.1343],
    ),
    candidate(
      'additive-trees',
      'Additive trees',
      'learning rate 0.05, 612 trees, 2 leaves',
      0.61,
      [0.8501, 0.4106, 0.1331],
    ),
    candidate('neural-net', 'Neural net', '32 and 16 hidden units, 24 epochs', 0, [0.8391, 0.4214, 0.1369]),
    candidate('ensemble', 'Ensemble', 'three members', null, [0.8504, 0.4102, 0.133]),
  ],
  evaluation: evaluationOf(TELCO),
  differences: [
    {
      against: 'base-rate',
      logLoss: estimate(-0.1682, 0.019),
      brier: estimate(-0.0619, 0.007),
      auc: estimate(0.3504, 0.019),
      lift: estimate(1.89, 0.21),
    },
    {
      against: 'trigger',
      logLoss: estimate(-0.0867, 0.012),
      brier: estimate(-0.0311, 0.005),
      auc: estimate(0.1235, 0.015),
      lift: estimate(0.94, 0.2),
    },
    {
      against: 'logistic',
      logLoss: estimate(-0.0077, 0.0082),
      brier: estimate(-0.0026, 0.0029),
      auc: estimate(0.0055, 0.0061),
      lift: estimate(0.04, 0.11),
    },
  ],
  drivers: DRIVERS,
  topAccounts: Array.from({ length: 20 }, (_, i) => ({
    id: `${7590 + 131 * i}-VHVEG`,
    churnProbability: 0.893 - 0.0071 * i,
    churned: i % 5 === 3 ? 0 : 1,
    reasons: REASONS.slice(0, 3 - (i % 2)),
    flags: [],
  })),
  flags: null,
  insideFlags: [],
  leaks: [],
  company: null,
  notes: [
    {
      kind: 'missing',
      column: 'TotalCharges',
      message: '11 of 7,043 values of TotalCharges are missing; they stay missing.',
    },
    { kind: 'duplicates', message: '22 rows are exact copies of others; copies never straddle the split.' },
  ],
};

/** A run on a table with signal, much like the telco one; every call gives a fresh copy. */
export function signalCard(change: Partial<Card> = {}): Card {
  return cardSchema.parse(structuredClone({ ...SIGNAL_CARD, ...change }));
}

/** The same run on a table whose names and cells attack whatever shows them. */
export function hostileCard(): Card {
  const names = Object.values(HOSTILE);
  const card = signalCard();
  return cardSchema.parse({
    ...card,
    name: HOSTILE.script,
    data: { ...card.data, file: `${HOSTILE.html}.csv`, target: HOSTILE.emoji, positive: HOSTILE.html },
    verdict: { kind: 'signal', sentence: `The model tells ${HOSTILE.html} apart.` },
    drivers: card.drivers.map((entry, i) => ({
      ...entry,
      feature: names[i % names.length]! + (i >= names.length ? i : ''),
      dependence: entry.dependence.map((point) =>
        point.value === null ? { ...point, label: `${point.label} ${HOSTILE.script}` } : point,
      ),
    })),
    topAccounts: card.topAccounts.map((account, i) => ({
      ...account,
      id: names[i % names.length]!,
      reasons: [
        { feature: HOSTILE.html, push: 0.4, text: `${HOSTILE.html} is ${HOSTILE.script} (raises the risk)` },
      ],
    })),
    leaks: [
      {
        column: HOSTILE.html,
        signs: ['skill', 'name'],
        auc: 0.998,
        message: `${HOSTILE.html} alone reaches AUC 0.998.`,
        action: 'left-out',
      },
      {
        column: HOSTILE.pipes,
        signs: ['pure-level'],
        auc: 0.91,
        message: 'A level occurs only among churners.',
        action: 'allowed',
      },
    ],
    notes: names.map((column) => ({ kind: 'doubt', column, message: `${column} looks odd.` })),
    options: { target: HOSTILE.script },
  });
}

/** A run that found nothing, much like the ravenstack one. */
export function noSignalCard(): Card {
  const card = signalCard();
  const world: World = {
    rows: 100,
    churned: 22,
    distance: 0.03,
    auc: estimate(0.512, 0.131),
    logLoss: estimate(0.531, 0.083),
    brier: estimate(0.1732, 0.034),
  };
  return cardSchema.parse({
    ...card,
    name: 'ravenstack',
    data: {
      ...card.data,
      file: 'ravenstack_accounts.csv',
      target: 'churn_flag',
      positive: 'True',
      read: 500,
      kept: 500,
      rejected: 0,
      duplicates: 0,
      id: 'account_id',
    },
    split: { ...card.split, trainingRows: 400, heldBackRows: 100 },
    baseRate: 0.22,
    chosen: 'base-rate',
    verdict: {
      kind: 'no-signal',
      sentence:
        'No signal: nothing in this table tells churners from the rest better than the overall rate of 22 % does, beyond what chance explains.',
    },
    candidates: [
      candidate('base-rate', 'Base rate', 'no settings', null, [0.5, 0.5269, 0.1716], 0.13),
      candidate('trigger', 'Best single trigger', 'seats > 40', 0, [0.489, 0.5342, 0.1739], 0.13),
      candidate('logistic', 'Logistic regression', 'l1 0.1, l2 0.1', 0, [0.512, 0.531, 0.1732], 0.13),
      candidate(
        'boosted-trees',
        'Boosted trees',
        'learning rate 0.1, 4 trees, 4 leaves',
        0,
        [0.507, 0.5353, 0.1741],
        0.13,
      ),
    ],
    evaluation: evaluationOf(world),
    differences: [
      {
        against: 'base-rate',
        logLoss: estimate(0.004, 0.02),
        brier: estimate(0.0016, 0.006),
        auc: estimate(0.012, 0.131),
        lift: estimate(0.02, 0.4),
      },
    ],
    drivers: card.drivers.slice(0, 3),
    topAccounts: card.topAccounts.slice(0, 10),
    notes: [
      { kind: 'few-rows', message: '500 rows with 110 churners: only a strong effect could have been seen.' },
    ],
  });
}
