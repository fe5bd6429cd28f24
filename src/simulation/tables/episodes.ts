import type { Random } from '../../math/random.js';
import type { AccountTraits } from './accounts.js';
import { type Aspect, aspectFacts, aspects, milestoneDueDays } from './aspects.js';
import { dayOfMonth, monthOf, monthStart, startsAgreement } from './calendar.js';
import { between, chance, oneOf } from './draws.js';
import type { World } from './world.js';

/** A time of trouble in one aspect: it shows in [onset, until), the danger comes on one day inside. */
export interface Episode {
  readonly aspect: Aspect;
  readonly onsetDay: number;
  readonly dangerDay: number;
  readonly untilDay: number;
}

/** An account is left alone for its first days, so that there is a before. */
export const calmDays = 14;
/** Between two episodes of one aspect. */
const PAUSE_DAYS = 30;
/** Dangers are drawn for months after the extraction too: on its day, troubles are under way. */
const MONTHS_BEYOND = 6;
/** A leaving within two days of a danger on these days of the month lies on day 3 to 28. */
const FIRST_DANGER_DAY = 5;
const LAST_DANGER_DAY = 26;

/** All troubles of an account that would stay for ever, each aspect in order of time. */
export function drawEpisodes(traits: AccountTraits, world: World, random: Random): Episode[] {
  return aspects.flatMap((aspect) => {
    if (aspect === 'onboarding') return onboardingEpisode(traits, world, random.fork(aspect));
    if (aspect === 'renewal' && traits.termMonths === 1) return [];
    return monthlyEpisodes(aspect, traits, world, random.fork(aspect));
  });
}

function monthlyEpisodes(aspect: Aspect, traits: AccountTraits, world: World, random: Random): Episode[] {
  const { rate } = world.plan.aspects[aspect];
  const episodes: Episode[] = [];
  let free = traits.createdDay + calmDays;
  for (let month = 0; month < world.months + MONTHS_BEYOND; month++) {
    if (!chance(random, rate)) continue;
    const episode = episodeInMonth(aspect, month, random);
    if (episode.onsetDay < free) continue;
    episodes.push(episode);
    free = episode.untilDay + PAUSE_DAYS;
  }
  return episodes;
}

function episodeInMonth(aspect: Aspect, month: number, random: Random): Episode {
  const { leadDays } = aspectFacts[aspect];
  let dangerDay: number;
  do {
    dangerDay = monthStart(month) + between(random, FIRST_DANGER_DAY, LAST_DANGER_DAY) - 1;
  } while (changesAgreement(aspect) && !startsAgreement(dangerDay - leadDays));
  return episodeOf(aspect, dangerDay - leadDays, random);
}

const changesAgreement = (aspect: Aspect): boolean => aspect === 'renewal' || aspect === 'contract_growth';

function episodeOf(aspect: Aspect, onsetDay: number, random: Random): Episode {
  const dangerDay = onsetDay + aspectFacts[aspect].leadDays;
  return { aspect, onsetDay, dangerDay, untilDay: dangerDay + between(random, 20, 60) };
}

/** Trouble from one of the later milestones on, so that the danger comes on a usable day of its month. */
function onboardingEpisode(traits: AccountTraits, world: World, random: Random): Episode[] {
  if (!chance(random, world.plan.aspects.onboarding.rate)) return [];
  const onsets = Object.values(milestoneDueDays)
    .filter((due) => due >= calmDays && due < milestoneDueDays.handover)
    .map((due) => traits.createdDay + due)
    .filter((onset) => isDangerDay(onset + aspectFacts.onboarding.leadDays));
  if (onsets.length === 0) return [];
  const episode = episodeOf('onboarding', oneOf(random, onsets), random);
  return monthOf(episode.dangerDay) >= 0 ? [episode] : [];
}

const isDangerDay = (day: number): boolean =>
  dayOfMonth(day) >= FIRST_DANGER_DAY && dayOfMonth(day) <= LAST_DANGER_DAY;

/** Whether one of the episodes is a trouble of the aspect that shows on the day. */
export function isTroubled(episodes: readonly Episode[], aspect: Aspect, day: number): boolean {
  return episodes.some((one) => one.aspect === aspect && one.onsetDay <= day && day < one.untilDay);
}

/** The day on which a trouble of the aspect begins, if that is this day. */
export function beginsTrouble(episodes: readonly Episode[], aspect: Aspect, day: number): boolean {
  return episodes.some((one) => one.aspect === aspect && one.onsetDay === day);
}
