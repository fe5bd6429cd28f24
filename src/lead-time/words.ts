import type { LeadTime } from './lead-time.js';

/**
 * What was measured of an indicator, in one plain sentence: whether it is leading or lagging is not a label but a
 * question to the data.
 *
 * @example
 * describeLeadTime(leadTime);
 * // "Tickets opened in the 28 days before": more in those who leave, from 42 days (38–47) before leaving on; after
 * // arrival and the wait for the next snapshot 26 days are left to act.
 */
export function describeLeadTime(leadTime: LeadTime): string {
  const { description, tells, leaversHave, leadDays, curve } = leadTime;
  const furthest = curve.at(-1);
  if (furthest === undefined) return `“${description}”: too few accounts to say whether it tells who leaves.`;
  const span = `the ${daysText(furthest.daysBefore)} before leaving`;
  if (tells === 'never' || leaversHave === null) {
    return `“${description}”: does not tell who leaves beyond doubt in ${span}.`;
  }
  if (leadDays === null) {
    return `“${description}”: ${leaversHave} in those who leave throughout ${span}; when that begins does not show.`;
  }
  const onset = `${daysText(leadDays.value)} (${Math.round(leadDays.low)}–${Math.round(leadDays.high)})`;
  return `“${description}”: ${leaversHave} in those who leave, from ${onset} before leaving on; ${timeLeft(leadTime)}.`;
}

function timeLeft({ daysToAct }: LeadTime): string {
  const delay = 'after arrival and the wait for the next snapshot';
  const days = Math.round(daysToAct ?? 0);
  if (days <= 0) return `${delay} no days are left to act`;
  return `${delay} ${daysText(days)} ${days === 1 ? 'is' : 'are'} left to act`;
}

function daysText(days: number): string {
  const whole = Math.round(days);
  return `${whole} ${whole === 1 ? 'day' : 'days'}`;
}
