import { arrivals } from './arrivals.js';
import { aspectWeight } from './aspect-weight.js';
import { aspectFacts, aspects } from './aspects.js';
import { monthStart } from './calendar.js';
import type { AccountLife } from './lives.js';
import { type SimulatedTable, tableBuilder, tableOf } from './table.js';

/** The files that every scenario has, by name without ending. */
export const commonTruth = (lives: readonly AccountLife[]): Readonly<Record<string, SimulatedTable>> => ({
  hazards: hazardsTable(lives),
  leaves: leavesTable(lives),
  episodes: episodesTable(lives),
  'lead-times': leadTimesTable(),
  'aspect-weights': aspectWeightsTable(lives),
  arrivals: arrivalsTable(),
});

/** `hazards`: the true chance to leave in a month, for every account that was active on its first day. */
function hazardsTable(lives: readonly AccountLife[]): SimulatedTable {
  const table = tableBuilder('hazards', { account_id: 'text', month: 'day', hazard: 'number' });
  for (const { traits, months } of lives) {
    for (const { month, hazard } of months) {
      table.add({ account_id: traits.accountId, month: monthStart(month), hazard: rounded(hazard) });
    }
  }
  return table.finish();
}

/** `leaves`: every leaving with its cause. */
function leavesTable(lives: readonly AccountLife[]): SimulatedTable {
  const shape = { account_id: 'text', left_on: 'day', cause: 'text', churn_kind: 'text' } as const;
  return tableOf(
    'leaves',
    shape,
    lives.flatMap(({ traits, stints }) =>
      stints.flatMap(({ leave }) =>
        leave
          ? [{ account_id: traits.accountId, left_on: leave.day, cause: leave.cause, churn_kind: leave.kind }]
          : [],
      ),
    ),
  );
}

/** `episodes`: every trouble that began while its account was a customer. */
function episodesTable(lives: readonly AccountLife[]): SimulatedTable {
  const shape = {
    account_id: 'text',
    aspect: 'text',
    onset_on: 'day',
    danger_on: 'day',
    until: 'day',
  } as const;
  return tableOf(
    'episodes',
    shape,
    lives.flatMap(({ traits, stints }) =>
      stints
        .flatMap(({ episodes }) => episodes)
        .map(({ aspect, onsetDay, dangerDay, untilDay }) => ({
          account_id: traits.accountId,
          aspect,
          onset_on: onsetDay,
          danger_on: dangerDay,
          until: untilDay,
        })),
    ),
  );
}

/** `lead-times`: days from the first day of a trouble to its danger. */
function leadTimesTable(): SimulatedTable {
  return tableOf(
    'lead-times',
    { aspect: 'text', indicator: 'text', lead_days: 'number' },
    aspects.map((aspect) => ({
      aspect,
      indicator: aspectFacts[aspect].indicator,
      lead_days: aspectFacts[aspect].leadDays,
    })),
  );
}

/**
 * `aspect-weights`: the standard deviation of what an aspect adds to the log-odds, over account-months; rank 1
 * is the largest, and what adds nothing has no rank. `worth` is what knowing it is worth: the mean log loss
 * (nats per account-month) that is lost when its term is replaced by a constant which keeps the mean chance.
 */
export function aspectWeightsTable(lives: readonly AccountLife[]): SimulatedTable {
  const months = lives.flatMap((life) => life.months);
  const weights = aspects
    .map((aspect, k) => ({ aspect, ...aspectWeight(months, k) }))
    .sort((a, b) => b.weight - a.weight);
  return tableOf(
    'aspect-weights',
    { aspect: 'text', weight: 'number', rank: 'number', worth: 'number' },
    weights.map((row, index) => ({ ...row, rank: row.weight > 0 ? index + 1 : null })),
  );
}

/** `saves`: for every call decision, the chance to leave in that month with and without the call. */
export function savesTable(lives: readonly AccountLife[]): SimulatedTable {
  const table = tableBuilder('saves', {
    account_id: 'text',
    contacted_at: 'instant',
    assigned: 'text',
    response_type: 'text',
    p_leave_if_called: 'number',
    p_leave_if_not: 'number',
  });
  for (const { traits, responseType, calls } of lives) {
    for (const { contactedAt, assigned, hazardIfCalled, hazardIfNot } of calls) {
      table.add({
        account_id: traits.accountId,
        contacted_at: contactedAt,
        assigned,
        response_type: responseType,
        p_leave_if_called: rounded(hazardIfCalled),
        p_leave_if_not: rounded(hazardIfNot),
      });
    }
  }
  return table.finish();
}

/** `arrivals`: how long after it happened a row is recorded. */
function arrivalsTable(): SimulatedTable {
  return tableOf(
    'arrivals',
    { table: 'text', usual_hours_up_to: 'number', late_share: 'number', late_days_up_to: 'number' },
    Object.entries(arrivals).map(([table, { usualHours, lateShare, lateDays }]) => ({
      table,
      usual_hours_up_to: usualHours,
      late_share: lateShare,
      late_days_up_to: lateDays,
    })),
  );
}

const rounded = (value: number): number => Number(value.toFixed(6));
