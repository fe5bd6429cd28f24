import type { Random } from '../../math/random.js';
import { dayText, monthStart } from './calendar.js';
import { canonicalTables } from './canonical-tables.js';
import type { SimulatedCompanyTables } from './company-tables.js';
import { factCells, factCounts, type Signs } from './fact-cells.js';
import { type FactLife, liveFactAccounts, snapshotMonth } from './fact-lives.js';
import { factTables } from './fact-tables.js';
import { scenarioFacts } from './scenario-facts.js';
import { scenarioPlan } from './scenarios.js';
import { type SimulatedTable, tableOf } from './table.js';
import { commonTruth } from './truth.js';
import { createWorld, type World } from './world.js';

/** Days of events before the snapshot. */
const LOOKBACK_DAYS = 120;

/** Indicators that vary and have nothing to do with leaving. */
const NOISE = [
  'segment',
  'industry',
  'country',
  'plan',
  'owner',
  'employees',
  'tenure',
  'seats',
  'mrr',
  'seat change',
  'term and days to renewal',
  'NPS',
  'late and failed payments',
  'executive contact and sponsor changes',
  'community activity',
  'share of self-service searches without a result',
  'incidents',
] as const;

/** The scenario `seed-fact`: on one snapshot date, signs and leavings in exact counts. */
export function simulateFact(
  options: { accounts: number; months: number; seed: number },
  random: Random,
): SimulatedCompanyTables {
  const world = factWorld(options.months);
  const counts = factCounts(options.accounts);
  const accounts = liveFactAccounts(factCells(counts), world, random);
  const lives = accounts.map(({ life }) => life);
  const signs = new Map(accounts.map(({ life, signs }) => [life.traits.accountId, signs]));
  const context = { lives, world, random, signs };
  return {
    tables: canonicalTables(context, factTables(context)),
    truth: {
      ...commonTruth(lives),
      facts: factsTable(accounts),
      scenario: {
        ...scenarioFacts({ scenario: 'seed-fact', ...options }, lives, world),
        snapshotAt: dayText(monthStart(snapshotMonth(world))),
        horizonDays: 90,
        gapDays: 0,
        counts,
        noise: NOISE,
      },
    },
    description: world.plan.summary,
  };
}

function factWorld(months: number): World {
  const world = createWorld(scenarioPlan('seed-fact'), months);
  return {
    ...world,
    eventsFromDay: monthStart(snapshotMonth(world)) - LOOKBACK_DAYS,
    hasLateArrivals: false,
  };
}

const facts: Readonly<Record<string, (signs: Signs) => boolean>> = {
  silent: ({ silent }) => silent,
  busy: ({ busy }) => busy,
  unhappy: ({ unhappy }) => unhappy,
  'silent and busy and unhappy': ({ silent, busy, unhappy }) => silent && busy && unhappy,
};

/** `facts`: the accounts that show a sign on the snapshot date, and whether they leave within the horizon. */
function factsTable(accounts: readonly FactLife[]): SimulatedTable {
  const shape = { fact: 'text', account_id: 'text', left: 'number' } as const;
  return tableOf(
    'facts',
    shape,
    Object.entries(facts).flatMap(([fact, holds]) =>
      accounts
        .filter(({ signs }) => holds(signs))
        .map(({ life }) => ({
          fact,
          account_id: life.traits.accountId,
          left: life.stints[0]!.leave ? 1 : 0,
        })),
    ),
  );
}
