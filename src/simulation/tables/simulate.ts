import { ChurnError } from '../../errors.js';
import { seededRandom } from '../../math/random.js';
import { canonicalTables, usualFactTables } from './canonical-tables.js';
import type { SimulatedCompanyTables } from './company-tables.js';
import { simulateFact } from './fact.js';
import { leaksTable, plantLeaks } from './leaks.js';
import { liveCompany } from './lives.js';
import { scenarioFacts } from './scenario-facts.js';
import { type ScenarioName, scenarioNames, scenarioPlan } from './scenarios.js';
import { commonTruth, savesTable } from './truth.js';
import { createWorld } from './world.js';

/** The size, the truth and the luck of a simulated company. */
export interface SimulationOptions {
  /** Accounts that ever sign up; 2,000, in the scenario `seed-fact` 20,000. */
  readonly accounts?: number;
  /** Months lived through from January 2023 on; 24, in the scenario `seed-fact` 12. */
  readonly months?: number;
  readonly scenario?: ScenarioName;
  readonly seed: number;
}

/**
 * Simulates a subscription software company in all canonical tables, from a documented hazard: in every month
 * an account that is active on the first day leaves with chance `sigmoid(sum of terms)`, on day 3 to 28, so that
 * the 30 days from the first hold exactly the leavings of the month.
 *
 * The terms are intercept, segment, plan, term, the end of an annual term, and dangers: an account gets into
 * trouble in one health aspect, which shows in that aspect's table from the first day on; a fixed number of
 * days later (`truth/lead-times.csv`) comes the danger, which raises the chance to leave in its month. See
 * `data/README.md` for the scenarios and the files of the truth.
 *
 * The same options give the same tables, cell for cell; every account draws from a stream of its own.
 *
 * @throws ChurnError `bad-option` below 20 accounts (seed-fact: 1,000) or 3 months (seed-fact: 6), above
 * 99,999 accounts or 120 months, or for a scenario that is not known
 *
 * @example
 * const { tables, truth } = simulateTables({ accounts: 100, months: 6, seed: 7 });
 * tables.accounts.rows; // 100
 */
export function simulateTables({
  scenario = 'base',
  accounts = scenario === 'seed-fact' ? 20_000 : 2000,
  months = scenario === 'seed-fact' ? 12 : 24,
  seed,
}: SimulationOptions): SimulatedCompanyTables {
  checkOptions(scenario, accounts, months);
  const random = seededRandom(seed).fork('tables');
  if (scenario === 'seed-fact') return simulateFact({ accounts, months, seed }, random);
  const plan = scenarioPlan(scenario);
  const world = createWorld(plan, months);
  const lives = liveCompany(accounts, world, random.fork('lives'));
  const context = { lives, world, random };
  const honest = canonicalTables(context, usualFactTables(context));
  return {
    tables: scenario === 'leak' ? plantLeaks(honest, context, random.fork('leaks')) : honest,
    truth: {
      ...commonTruth(lives),
      ...(scenario === 'persuadable' ? { saves: savesTable(lives) } : {}),
      ...(scenario === 'leak' ? { leaks: leaksTable() } : {}),
      scenario: scenarioFacts({ scenario, accounts, months, seed }, lives, world),
    },
    description: plan.summary,
  };
}

function checkOptions(scenario: string, accounts: number, months: number): void {
  if (!(scenarioNames as readonly string[]).includes(scenario)) {
    throw new ChurnError(
      'bad-option',
      `simulateTables knows the scenarios ${scenarioNames.join(', ')}, found ${scenario}`,
    );
  }
  const isFact = scenario === 'seed-fact';
  checkWhole('accounts', accounts, isFact ? 1000 : 20, 99_999);
  checkWhole('months', months, isFact ? 6 : 3, 120);
}

function checkWhole(what: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new ChurnError(
    'bad-option',
    `simulateTables needs a whole number of ${what} from ${least} to ${most}, found ${value}`,
  );
}
