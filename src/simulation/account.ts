import type { Random } from '../math/random.js';

/**
 * What is known of one simulated account on the day of the table: at least one indicator for every health
 * aspect. Everything that the true hazard reads is here; nothing hidden adds to it.
 */
export interface SimulatedAccount {
  readonly contract: ContractFacts;
  readonly usage: UsageFacts;
  readonly support: SupportFacts;
  readonly relationship: RelationshipFacts;
}

/** Contract, renewal history, contract growth, invoices. */
export interface ContractFacts {
  readonly segment: 'small' | 'midsize' | 'enterprise';
  readonly plan: 'starter' | 'team' | 'business';
  readonly term: 'monthly' | 'annual';
  readonly seats: number;
  /** Monthly recurring revenue in the company's currency unit. */
  readonly mrr: number;
  readonly tenureMonths: number;
  readonly renewals: number;
  /** `null` for monthly contracts. */
  readonly daysToRenewal: number | null;
  /** Seats today ÷ seats a year ago (or at the start), minus 1. */
  readonly seatChange12m: number;
  readonly overdueDays: number;
  readonly failedPayments90d: number;
}

/** Usage, self-sufficiency, community. */
export interface UsageFacts {
  readonly daysSinceLogin: number;
  readonly logins28d: number;
  /** Logins of the last 28 days ÷ those of the 28 days before, minus 1. */
  readonly loginChange: number;
  readonly activeUserShare: number;
  /** How many of the product's 12 features were used. */
  readonly featureBreadth: number;
  /** Share of questions solved without opening a case. */
  readonly selfServiceShare: number;
  readonly communityPosts90d: number;
}

/** Support, surveys, service quality. */
export interface SupportFacts {
  readonly cases30d: number;
  /** `null` when there was no case to answer. */
  readonly firstResponseHours: number | null;
  /** 1–10, `null` for those who never answered. */
  readonly csat: number | null;
  /** 0–10, `null` for those who never answered. */
  readonly nps: number | null;
  readonly incidents90d: number;
}

/** Executive relationship, onboarding. */
export interface RelationshipFacts {
  /** Days since the last talk with an executive of the customer; `null` when there was none. */
  readonly executiveContactDays: number | null;
  readonly sponsorChanges12m: number;
  readonly onboardingDays: number;
}

/** Draws one account. Its indicators hang together through four hidden traits. */
export function drawAccount(random: Random): SimulatedAccount {
  const strain = random.normal();
  const engagement = random.normal();
  const closeness = random.normal();
  const liquidity = random.normal();
  return {
    contract: drawContract(random, liquidity),
    usage: drawUsage(random, strain, engagement),
    support: drawSupport(random, strain, engagement),
    relationship: drawRelationship(random, engagement, closeness),
  };
}

function drawContract(random: Random, liquidity: number): ContractFacts {
  const segment = pick(random, { small: 0.55, midsize: 0.32, enterprise: 0.13 });
  const plan = pick(random, PLAN_SHARES[segment]);
  const term = random.uniform() < MONTHLY_SHARE[segment] ? 'monthly' : 'annual';
  const seats = Math.max(2, Math.round(SEATS[segment] * logNormal(random, 0.6)));
  const tenureMonths = Math.min(96, 1 + Math.floor(exponential(random, 26)));
  const late = -liquidity + 0.8 * random.normal();
  return {
    segment,
    plan,
    term,
    seats,
    mrr: cents(seats * SEAT_PRICE[plan] * logNormal(random, 0.15)),
    tenureMonths,
    renewals: term === 'annual' ? Math.floor((tenureMonths - 1) / 12) : 0,
    daysToRenewal: term === 'annual' ? 1 + random.integer(365) : null,
    seatChange12m: cents(clamp(0.04 + 0.2 * random.normal(), -0.7, 1.5)),
    overdueDays: late > 1 ? Math.round(6 + 18 * (late - 1) + exponential(random, 8)) : 0,
    failedPayments90d: poisson(random, term === 'monthly' ? 0.12 * Math.exp(0.7 * late) : 0.04),
  };
}

const PLAN_SHARES = {
  small: { starter: 0.6, team: 0.35, business: 0.05 },
  midsize: { starter: 0.15, team: 0.6, business: 0.25 },
  enterprise: { starter: 0.02, team: 0.28, business: 0.7 },
} as const;
const MONTHLY_SHARE = { small: 0.62, midsize: 0.35, enterprise: 0.12 } as const;
const SEATS = { small: 8, midsize: 35, enterprise: 160 } as const;
const SEAT_PRICE = { starter: 15, team: 29, business: 52 } as const;

function drawUsage(random: Random, strain: number, engagement: number): UsageFacts {
  const silence = 0.4 * strain + 0.917 * random.normal();
  const daysSinceLogin = Math.min(120, Math.floor(9 * Math.exp(0.8 * silence)));
  const activeUserShare = cents(clamp(0.55 + 0.13 * engagement + 0.13 * random.normal(), 0.03, 1));
  const pace = 60 * activeUserShare * logNormal(random, 0.7) * (1 - daysSinceLogin / 40);
  const change = Math.exp(0.12 * engagement + 0.3 * random.normal()) - 1;
  const away = daysSinceLogin >= 28;
  return {
    daysSinceLogin,
    logins28d: away ? 0 : Math.max(1, Math.round(pace)),
    loginChange: away ? -1 : cents(clamp(change, -0.9, 1.5)),
    activeUserShare,
    featureBreadth: clamp(Math.round(5.5 + 1.4 * engagement + 1.8 * random.normal()), 1, 12),
    selfServiceShare: cents(clamp(0.42 + 0.08 * engagement + 0.17 * random.normal(), 0, 1)),
    communityPosts90d: poisson(random, 0.5 * Math.exp(0.9 * engagement)),
  };
}

function drawSupport(random: Random, strain: number, engagement: number): SupportFacts {
  const need = 0.4 * strain + 0.917 * random.normal();
  const content = -0.4 * strain + 0.917 * random.normal();
  const cases30d = Math.min(60, Math.round(5.6 * Math.exp(0.95 * need) - 0.5));
  const waiting = 3.5 * logNormal(random, 0.75);
  const advocacy = 6.8 + 0.9 * content + 0.7 * engagement + 1.7 * random.normal();
  return {
    cases30d,
    firstResponseHours: cases30d > 0 ? Math.round(waiting * 4) / 4 : null,
    csat: random.uniform() < 0.72 ? clamp(Math.round(6 + 2.4 * content), 1, 10) : null,
    nps: random.uniform() < 0.58 ? clamp(Math.round(advocacy), 0, 10) : null,
    incidents90d: poisson(random, 0.9),
  };
}

function drawRelationship(random: Random, engagement: number, closeness: number): RelationshipFacts {
  const met = closeness + 0.5 * random.normal() > -1.5;
  return {
    executiveContactDays: met ? Math.min(400, Math.round(75 * Math.exp(-0.75 * closeness))) : null,
    sponsorChanges12m: poisson(random, 0.3),
    onboardingDays: Math.round(clamp(34 * logNormal(random, 0.5) * Math.exp(-0.15 * engagement), 3, 240)),
  };
}

function pick<K extends string>(random: Random, shares: Readonly<Record<K, number>>): K {
  const names = Object.keys(shares) as K[];
  const at = random.uniform();
  let reached = 0;
  for (const name of names) {
    reached += shares[name];
    if (at < reached) return name;
  }
  return names.at(-1)!;
}

function poisson(random: Random, mean: number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > floor; product *= random.uniform()) count++;
  return count;
}

const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.uniform());

/** Median 1. */
const logNormal = (random: Random, sigma: number): number => Math.exp(sigma * random.normal());

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** To two decimals, as the exporting systems write it. */
const cents = (value: number): number => Math.round(value * 100) / 100;
