import { permutation, type Random } from '../../math/random.js';
import { type AccountTraits, drawAccountOf } from './accounts.js';
import { planAgreements } from './agreements.js';
import { aspects } from './aspects.js';
import { monthStart } from './calendar.js';
import { drawCall, drawResponseType } from './calls.js';
import { between, oneOf } from './draws.js';
import { calmDays, drawEpisodes } from './episodes.js';
import type { FactCell, Signs } from './fact-cells.js';
import { type AccountLife, type CallTruth, cutStint, type Leave, type LivedMonth } from './lives.js';
import type { World } from './world.js';

/** An account of the compound fact: its life and the signs that it shows on the snapshot date. */
export interface FactLife {
  readonly life: AccountLife;
  readonly signs: Signs;
}

/** The horizon of 90 days from the first of a month, in months of which days 3 to 28 count. */
const HORIZON_MONTHS = 3;
/** Accounts signed up 5 to 20 months before the snapshot. */
const SETTLED_MONTHS = 5;
const SIGN_UP_MONTHS = 16;

/** The month on whose first day the fact holds. */
export const snapshotMonth = (world: World): number => world.months - HORIZON_MONTHS;

/** Lives with the exact counts of the cells, in random order of the accounts. */
export function liveFactAccounts(cells: readonly FactCell[], world: World, random: Random): FactLife[] {
  const places = cells.flatMap((cell) =>
    Array.from({ length: cell.accounts }, (_, place) => ({ cell, leaves: place < cell.leave })),
  );
  const order = permutation(places.length, random.fork('order'));
  const traitsRandom = random.fork('lives');
  return Array.from(order, (place, index) => {
    const { cell, leaves } = places[place]!;
    const life = liveFactAccount(index, leaves, cell, world, traitsRandom.fork(String(index)));
    return { life, signs: cell };
  });
}

function liveFactAccount(
  index: number,
  leaves: boolean,
  cell: FactCell,
  world: World,
  random: Random,
): AccountLife {
  const signUpMonth = snapshotMonth(world) - SETTLED_MONTHS - random.integer(SIGN_UP_MONTHS);
  const traits = quieter(drawAccountOf(signUpMonth, index, world.plan, random.fork('account')));
  const { createdDay } = traits;
  const episodes = drawEpisodes(traits, world, random.fork('episodes')).filter(
    ({ onsetDay }) => onsetDay >= createdDay + calmDays,
  );
  const agreements = planAgreements(traits, createdDay, world.endDay, episodes, random.fork('agreements'));
  const leave = leaves ? drawFactLeave(world, random) : null;
  const endDay = leave?.day ?? world.endDay;
  const months = factMonths(createdDay, endDay, cell, world);
  return {
    traits,
    responseType: drawResponseType(traits, random),
    stints: [cutStint(createdDay, endDay, leave, agreements, episodes)],
    months,
    calls: factCalls(months, world, random.fork('calls')),
  };
}

/** With a quarter of the events that have nothing to do with the fact: there are many accounts. */
function quieter(traits: AccountTraits): AccountTraits {
  const { communityPerDay, selfServicePerDay, meetingsPerDay } = traits.habits;
  return {
    ...traits,
    habits: {
      ...traits.habits,
      communityPerDay: communityPerDay / 4,
      selfServicePerDay: selfServicePerDay / 4,
      meetingsPerDay: meetingsPerDay / 4,
    },
  };
}

/** Calls change nothing here. */
function factCalls(months: readonly LivedMonth[], world: World, random: Random): CallTruth[] {
  return months.flatMap(({ month, hazard }) => {
    const call = drawCall(false, month, world, random);
    return call ? [{ ...call, hazardIfCalled: hazard, hazardIfNot: hazard }] : [];
  });
}

function drawFactLeave(world: World, random: Random): Leave {
  const month = snapshotMonth(world) + random.integer(HORIZON_MONTHS);
  const day = monthStart(month) + between(random, 3, 28) - 1;
  return { day, cause: 'none', kind: 'voluntary', reason: oneOf(random, ['price', 'competitor', 'other']) };
}

/** Nobody leaves before the snapshot; after it, the cell's rate is spread evenly over the months. */
function factMonths(createdDay: number, endDay: number, cell: FactCell, world: World): LivedMonth[] {
  const rate = cell.accounts > 0 ? cell.leave / cell.accounts : 0;
  const months: LivedMonth[] = [];
  for (let month = 0; month < world.months && monthStart(month) < endDay; month++) {
    if (monthStart(month) <= createdDay) continue;
    const left = world.months - month;
    const hazard =
      month < snapshotMonth(world) ? 0 : rate / (HORIZON_MONTHS - rate * (HORIZON_MONTHS - left));
    months.push({ month, hazard, aspectTerms: new Float64Array(aspects.length) });
  }
  return months;
}
