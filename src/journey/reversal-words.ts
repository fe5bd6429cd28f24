import type { RiskDifference } from './mantel-haenszel.js';
import type { Reversal } from './simpson.js';

/**
 * A reversal in one sentence: `community_posts_90d >= 1: leaving is 4.1 points (2.9 to 5.3) more frequent over all,
 * but 3 points (1.2 to 4.8) less frequent inside segment, and also in small`.
 */
export function describeReversal({
  fact,
  stratum,
  overall,
  adjusted,
  turnsOnAverage,
  turnsIn,
  strata,
}: Reversal): string {
  const onAverage = turnsOnAverage ? [`${points(adjusted)} inside ${stratum}`] : [];
  const inside = turnsOnAverage
    ? []
    : strata
        .filter(({ level }) => turnsIn.includes(level))
        .map((level) => `${points(level)} in ${stratum} ${level.level}`);
  const also = turnsOnAverage && turnsIn.length > 0 ? ` (surely in ${turnsIn.join(', ')})` : '';
  return `${fact}: leaving is ${points(overall)} over all, but ${[...onAverage, ...inside].join(', ')}${also}`;
}

/** `4.1 points (2.9 to 5.3) more frequent`, in percentage points. */
function points({ difference, low, high }: RiskDifference): string {
  const sign = difference < 0 ? -1 : 1;
  const ends = [sign * low, sign * high].sort((a, b) => a - b).map(percent);
  return `${percent(sign * difference)} points (${ends.join(' to ')}) ${sign < 0 ? 'less' : 'more'} frequent`;
}

function percent(share: number): string {
  return String(Number((100 * share).toFixed(1)));
}
