import { sigmoid } from '../../models/model.js';
import type { AccountTraits } from './accounts.js';
import type { Agreement } from './agreements.js';
import { type Aspect, aspects } from './aspects.js';
import { monthOf, monthStart } from './calendar.js';
import type { Episode } from './episodes.js';
import type { World } from './world.js';

/** The true log-odds that an account which is active on the first of a month leaves in that month. */
export interface MonthRisk {
  /** Intercept, segment and plan. */
  readonly plain: number;
  /** What an annual term adds in the months in which it does not end. */
  readonly boundByTerm: number;
  /** What the dangers of this month add. */
  readonly dangers: readonly Danger[];
  /** What the end of an annual term adds, with the day of that end. */
  readonly renewal: { readonly weight: number; readonly day: number } | null;
  /** What membership of the community adds. */
  readonly community: number;
}

export interface Danger {
  readonly episode: Episode;
  readonly weight: number;
}

/** Terms of the log-odds for one month; they add up in {@link riskScore}. */
export function monthRisk(
  traits: AccountTraits,
  agreements: readonly Agreement[],
  episodes: readonly Episode[],
  month: number,
  world: World,
): MonthRisk {
  const { plan } = world;
  const hasDrifted = month >= world.driftMonth;
  const current = agreementOn(agreements, monthStart(month));
  const isAnnual = current?.termMonths === 12;
  const isRenewing = isAnnual && monthOf(current.renewsDay) === month;
  const intercept = hasDrifted ? plan.drift!.intercept : plan.intercept;
  return {
    plain: intercept + plan.segment[traits.segment] + plan.plan[traits.plan],
    boundByTerm: isAnnual && !isRenewing ? plan.boundByTerm : 0,
    dangers: episodes
      .filter(({ dangerDay }) => monthOf(dangerDay) === month)
      .map((episode) => ({ episode, weight: dangerWeight(episode.aspect, hasDrifted, world) })),
    renewal:
      isRenewing && plan.renewalMonth !== 0 ? { weight: plan.renewalMonth, day: current.renewsDay } : null,
    community: traits.habits.communityPerDay > 0 ? plan.communityMember : 0,
  };
}

function dangerWeight(aspect: Aspect, hasDrifted: boolean, { plan }: World): number {
  const changed = hasDrifted ? plan.drift!.weights[aspect] : undefined;
  return changed ?? plan.aspects[aspect].weight;
}

const agreementOn = (agreements: readonly Agreement[], day: number): Agreement | undefined =>
  agreements.find(({ startDay, endDay }) => startDay <= day && day < endDay);

/** The sum of the terms. */
export const riskScore = (risk: MonthRisk): number =>
  quietScore(risk) + (risk.renewal?.weight ?? 0) + risk.dangers.reduce((sum, { weight }) => sum + weight, 0);

/** The terms that hold in any month: without dangers, and without the end of an annual term. */
export const quietScore = (risk: MonthRisk): number => risk.plain + risk.boundByTerm + risk.community;

/** The true chance to leave in the month. */
export const hazardOf = (score: number): number => sigmoid(score);

/** What each aspect adds to the log-odds, in the order of `aspects`. */
export function aspectTerms(risk: MonthRisk): Float64Array {
  const terms = new Float64Array(aspects.length);
  for (const { episode, weight } of risk.dangers) terms[aspects.indexOf(episode.aspect)]! += weight;
  terms[aspects.indexOf('renewal')]! += risk.boundByTerm + (risk.renewal?.weight ?? 0);
  terms[aspects.indexOf('community')]! += risk.community;
  return terms;
}
