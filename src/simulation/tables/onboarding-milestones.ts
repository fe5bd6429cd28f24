import type { Random } from '../../math/random.js';
import { aspectFacts, milestoneDueDays } from './aspects.js';
import { SECONDS_A_DAY } from './calendar.js';
import { between, chance } from './draws.js';
import type { EventContext } from './events.js';
import type { Stint } from './lives.js';
import { type SimulatedTable, tableBuilder } from './table.js';
import { historyDays } from './world.js';

/**
 * The table `onboarding_milestones`: six for every account that signed up after events were kept, or in the
 * half year before. In trouble, what falls due is reached only after the danger is over.
 */
export function onboardingMilestonesTable({ lives, world, random }: EventContext): SimulatedTable {
  const table = tableBuilder('onboarding_milestones', {
    account_id: 'text',
    milestone: 'text',
    due_at: 'day',
    reached_at: 'instant',
  });
  for (const { traits, stints } of lives) {
    if (traits.createdDay < world.eventsFromDay - historyDays) continue;
    const stint = stints[0]!;
    const accountRandom = random.fork('onboarding_milestones').fork(traits.accountId);
    for (const [milestone, dueDays] of Object.entries(milestoneDueDays)) {
      const dueDay = traits.createdDay + dueDays;
      const reachedDay = dueDay + daysAfterDue(stint, dueDay, accountRandom);
      const isKnown = reachedDay < Math.min(stint.endDay, world.endDay);
      const second = reachedDay * SECONDS_A_DAY + between(accountRandom, 8 * 3600, 18 * 3600);
      table.add({
        account_id: traits.accountId,
        milestone,
        due_at: dueDay,
        reached_at: isKnown ? second : null,
      });
    }
  }
  return table.finish();
}

function daysAfterDue(stint: Stint, dueDay: number, random: Random): number {
  const trouble = stint.episodes.find(
    ({ aspect, onsetDay }) => aspect === 'onboarding' && onsetDay <= dueDay,
  );
  if (trouble) return aspectFacts.onboarding.leadDays + between(random, 10, 60);
  return chance(random, 0.94) ? -between(random, 0, 6) : between(random, 1, 5);
}
