import type { Random } from '../../math/random.js';
import { monthStart } from './calendar.js';
import { between, chance, clamp, exponential, logNormal, oneOf, pick } from './draws.js';
import type { Plan, ScenarioPlan, Segment } from './scenarios.js';
import { type SimulatedTable, tableBuilder } from './table.js';
import type { World } from './world.js';

/** What stays the same about an account as long as it lives. */
export interface AccountTraits {
  readonly accountId: string;
  readonly name: string;
  readonly createdDay: number;
  readonly segment: Segment;
  readonly industry: string;
  readonly country: string;
  readonly plan: Plan;
  readonly owner: string;
  readonly employees: number;
  /** Of the agreements that the account prefers. */
  readonly termMonths: 1 | 12;
  readonly firstSeats: number;
  /** Monthly price of a seat in cents. */
  readonly seatCents: number;
  readonly habits: Habits;
}

/** The account's usual pace, from which only trouble departs. */
export interface Habits {
  readonly users: number;
  readonly usagePerDay: number;
  readonly ticketsPerDay: number;
  /** Middle of its CSAT answers, 1–10. */
  readonly satisfaction: number;
  /** Days from due date to payment, usually below 0. */
  readonly paymentDays: number;
  readonly meetingsPerDay: number;
  /** 0 for accounts that are no members. */
  readonly communityPerDay: number;
  readonly selfServicePerDay: number;
  readonly incidentsPerDay: number;
}

/** Sign-ups lie on these days of a month, so that every agreement can renew in every month. */
const FIRST_DAY = 3;
const LAST_DAY = 28;

/** Of the accounts that ever sign up, those that were there before the first month. */
const INITIAL_SHARE = 0.6;
const LONGEST_HISTORY_MONTHS = 36;

/** The account with this number from 0; its sign-up may lie up to three years before the first month. */
export function drawAccount(index: number, world: World, random: Random): AccountTraits {
  const signUpMonth = chance(random, INITIAL_SHARE)
    ? -1 - random.integer(LONGEST_HISTORY_MONTHS)
    : random.integer(world.months);
  return drawAccountOf(signUpMonth, index, world.plan, random);
}

/** An account that signs up in the given month. */
export function drawAccountOf(
  signUpMonth: number,
  index: number,
  scenario: ScenarioPlan,
  random: Random,
): AccountTraits {
  const segment = pick(random, scenario.segmentShare);
  const plan = pick(random, PLAN_SHARES[segment]);
  const firstSeats = Math.max(4, Math.round(SEATS[segment] * logNormal(random, 0.5)));
  return {
    accountId: `A${String(index + 1).padStart(5, '0')}`,
    name: `Simulated company ${index + 1}`,
    createdDay: monthStart(signUpMonth) + between(random, FIRST_DAY, LAST_DAY) - 1,
    segment,
    industry: oneOf(random, INDUSTRIES),
    country: pick(random, COUNTRIES),
    plan,
    owner: `owner-${String(1 + random.integer(12)).padStart(2, '0')}`,
    employees: Math.round(firstSeats * (1.5 + exponential(random, 4))),
    termMonths: chance(random, MONTHLY_SHARE[segment]) ? 1 : 12,
    firstSeats,
    seatCents: Math.round(SEAT_CENTS[plan] * logNormal(random, 0.12)),
    habits: drawHabits(firstSeats, chance(random, scenario.communityShare[segment]), random),
  };
}

function drawHabits(seats: number, isMember: boolean, random: Random): Habits {
  const size = Math.log(seats / 20);
  return {
    users: clamp(Math.round(seats * 0.4), 2, 25),
    usagePerDay: clamp(0.44 * Math.exp(0.12 * size) * logNormal(random, 0.35), 0.22, 1.6),
    ticketsPerDay: (0.7 / 30) * Math.exp(0.2 * size) * logNormal(random, 0.5),
    satisfaction: clamp(7.6 + 0.7 * random.normal(), 6, 9),
    paymentDays: Math.round(-4 + 3 * random.normal()),
    meetingsPerDay: (1.4 / 30) * logNormal(random, 0.2),
    communityPerDay: isMember ? (3.5 / 30) * clamp(logNormal(random, 0.3), 0.7, 2) : 0,
    selfServicePerDay: (4.5 / 30) * logNormal(random, 0.3),
    incidentsPerDay: 0.2 / 30,
  };
}

const PLAN_SHARES = {
  small: { starter: 0.6, team: 0.35, business: 0.05 },
  midsize: { starter: 0.15, team: 0.6, business: 0.25 },
  enterprise: { starter: 0.02, team: 0.28, business: 0.7 },
} as const;
const MONTHLY_SHARE = { small: 0.7, midsize: 0.45, enterprise: 0.2 } as const;
const SEATS = { small: 10, midsize: 40, enterprise: 160 } as const;
const SEAT_CENTS = { starter: 1500, team: 2900, business: 5200 } as const;
const INDUSTRIES = ['software', 'retail', 'manufacturing', 'health', 'education', 'logistics', 'finance'];
const COUNTRIES = { DE: 0.34, FR: 0.2, NL: 0.14, AT: 0.1, ES: 0.12, IE: 0.1 };

/** The table `accounts`, in the order of the accounts. */
export function accountsTable(accounts: readonly AccountTraits[]): SimulatedTable {
  const table = tableBuilder('accounts', {
    account_id: 'text',
    name: 'text',
    created_at: 'day',
    segment: 'text',
    industry: 'text',
    country: 'text',
    plan: 'text',
    owner: 'text',
    employees: 'number',
  });
  for (const {
    accountId,
    createdDay,
    name,
    segment,
    industry,
    country,
    plan,
    owner,
    employees,
  } of accounts) {
    table.add({
      account_id: accountId,
      name,
      created_at: createdDay,
      segment,
      industry,
      country,
      plan,
      owner,
      employees,
    });
  }
  return table.finish();
}
