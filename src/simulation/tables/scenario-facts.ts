import { dayText, monthStart } from './calendar.js';
import type { AccountLife } from './lives.js';
import type { ScenarioName } from './scenarios.js';
import type { World } from './world.js';

/** What `scenario.json` says: options, dates, the numbers of the hazard, and what came of them. */
export function scenarioFacts(
  options: { scenario: ScenarioName; accounts: number; months: number; seed: number },
  lives: readonly AccountLife[],
  world: World,
): Readonly<Record<string, unknown>> {
  const months = lives.flatMap((life) => life.months);
  const leaves = lives.reduce((sum, { stints }) => sum + stints.filter(({ leave }) => leave).length, 0);
  const expected = months.reduce((sum, { hazard }) => sum + hazard, 0);
  return {
    ...options,
    summary: world.plan.summary,
    startsAt: dayText(world.startDay),
    extractedAt: dayText(world.endDay),
    eventsFrom: dayText(world.eventsFromDay),
    ...(world.plan.drift ? { driftsAt: dayText(monthStart(world.driftMonth)) } : {}),
    hazard: world.plan,
    accountMonths: months.length,
    leaves,
    expectedLeaves: Number(expected.toFixed(3)),
  };
}
