import type { Random } from '../../math/random.js';
import { monthOf } from './calendar.js';
import { between, chance, clamp } from './draws.js';
import { beginsTrouble, isTroubled } from './episodes.js';
import { duringDay, type EventContext, eachDay, eventTable, officeSecond } from './events.js';
import type { SimulatedTable } from './table.js';
import type { World } from './world.js';

export const surveyShape = {
  account_id: 'text',
  answered_at: 'instant',
  kind: 'text',
  score: 'number',
  reason: 'text',
  comment: 'text',
} as const;

type SurveyKind = 'csat' | 'nps' | 'ces';

const PER_DAY: Readonly<Record<SurveyKind, number>> = { csat: 1 / 24, nps: 1 / 60, ces: 1 / 150 };
const kinds = Object.keys(PER_DAY) as SurveyKind[];

/**
 * The table `surveys`: CSAT 1–10, NPS 0–10, CES 1–7. In trouble a low CSAT answer is given at once. Nobody who
 * leaves is asked why: the kind `exit` appears only where a leak is planted.
 */
export function surveysTable(context: EventContext, asked: readonly SurveyKind[] = kinds): SimulatedTable {
  const { world } = context;
  return eventTable('surveys', surveyShape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    eachDay(life, world, (day, { episodes }) => {
      const isUnhappy = isTroubled(episodes, 'surveys', day);
      const answer = (kind: SurveyKind, second: number): void =>
        record(second, {
          account_id: accountId,
          answered_at: second,
          kind,
          score: surveyScore(kind, habits.satisfaction + surveyShift(day, world), isUnhappy, random),
          reason: null,
          comment: null,
        });
      if (beginsTrouble(episodes, 'surveys', day)) answer('csat', officeSecond(day, random));
      for (const kind of asked) {
        duringDay(day, PER_DAY[kind], random, (second) => answer(kind, second));
      }
    });
  });
}

const surveyShift = (day: number, world: World): number =>
  monthOf(day) >= world.driftMonth ? world.plan.drift!.surveyShift : 0;

function surveyScore(kind: SurveyKind, satisfaction: number, isUnhappy: boolean, random: Random): number {
  if (kind === 'ces') return clamp(Math.round(5 + 1.2 * random.normal()), 1, 7);
  if (isUnhappy) return kind === 'csat' ? between(random, 1, 4) : between(random, 0, 4);
  if (chance(random, 0.03)) return between(random, 2, 5);
  return clamp(Math.round(satisfaction + 1.3 * random.normal()), 4, 10);
}
