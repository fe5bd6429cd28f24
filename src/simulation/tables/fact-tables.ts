import type { Random } from '../../math/random.js';
import { monthStart, SECONDS_A_DAY } from './calendar.js';
import type { FactTables } from './canonical-tables.js';
import { between, clamp, exponential, pick, poisson } from './draws.js';
import { duringDay, type EventContext, eachDay, eventTable } from './events.js';
import type { Signs } from './fact-cells.js';
import { snapshotMonth } from './fact-lives.js';
import { ticketRow, ticketShape } from './support-tickets.js';
import { surveyShape } from './surveys.js';
import { EVENT_SHARES, usageShape, userId } from './usage-events.js';

/** What the three signs are written from: those that each account shows, by account id. */
export interface FactContext extends EventContext {
  readonly signs: ReadonlyMap<string, Signs>;
}

const USAGE_PER_DAY = 0.1;
const TICKETS_PER_DAY = 0.03;
const ANSWERS_PER_DAY = 1 / 70;
const TICKET_DAYS = 30;

/** Usage, tickets and surveys in which every account shows its signs on the snapshot date, and no others. */
export const factTables = (context: FactContext): FactTables => ({
  usage_events: factUsage(context),
  support_tickets: factTickets(context),
  surveys: factSurveys(context),
});

/** The last event before the snapshot is 0–13 days old, or 14–110 of silent accounts. */
function factUsage(context: FactContext) {
  const snapshotDay = monthStart(snapshotMonth(context.world));
  return eventTable('usage_events', usageShape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    const { silent } = context.signs.get(accountId)!;
    const recency = silent
      ? 14 + Math.min(96, Math.floor(exponential(random, 16)))
      : Math.min(13, Math.floor(exponential(random, 4.5)));
    const lastDay = snapshotDay - 1 - recency;
    const write = (second: number): void =>
      record(second, {
        account_id: accountId,
        user_id: userId(accountId, habits.users, random.uniform()),
        occurred_at: second,
        event: pick(random, EVENT_SHARES),
        quantity: 1 + poisson(random, 3),
      });
    eachDay(life, context.world, (day) => {
      if (day === lastDay) write(morning(day, random));
      if (day > lastDay && day < snapshotDay) return;
      duringDay(day, USAGE_PER_DAY, random, write);
    });
  });
}

/** 0–10 tickets in the 30 days before the snapshot, or 11–20 of busy accounts. */
function factTickets(context: FactContext) {
  const { world } = context;
  const snapshotDay = monthStart(snapshotMonth(world));
  return eventTable('support_tickets', ticketShape, context, (life, record, random) => {
    const { busy } = context.signs.get(life.traits.accountId)!;
    const tickets = busy
      ? Math.min(20, 11 + Math.floor(exponential(random, 3)))
      : Math.min(10, Math.floor(exponential(random, 2.4)));
    const days = Array.from({ length: tickets }, () => snapshotDay - between(random, 1, TICKET_DAYS));
    let written = 0;
    const write = (second: number): void => {
      written++;
      record(second, { ...ticketRow(life.traits, written, second, world, random), csat: null });
    };
    eachDay(life, world, (day) => {
      if (day < snapshotDay - TICKET_DAYS || day >= snapshotDay)
        duringDay(day, TICKETS_PER_DAY, random, write);
      else for (const one of days) if (one === day) write(morning(day, random));
    });
  });
}

/** The last CSAT answer is 5–10, or 1–4 of unhappy accounts, and 4–75 days old; the others are anything. */
function factSurveys(context: FactContext) {
  const snapshotDay = monthStart(snapshotMonth(context.world));
  return eventTable('surveys', surveyShape, context, (life, record, random) => {
    const { accountId } = life.traits;
    const { unhappy } = context.signs.get(accountId)!;
    const lastDay = snapshotDay - between(random, 4, 75);
    const middle = unhappy ? 3 : 7.4;
    const [low, high] = unhappy ? [1, 4] : [5, 10];
    const lastScore = clamp(Math.round(middle + 1.5 * random.normal()), low!, high!);
    const write = (second: number, kind: string, score: number): void =>
      record(second, {
        account_id: accountId,
        answered_at: second,
        kind,
        score,
        reason: null,
        comment: null,
      });
    eachDay(life, context.world, (day) => {
      if (day === lastDay) write(morning(day, random), 'csat', lastScore);
      duringDay(day, ANSWERS_PER_DAY, random, (second) => write(second, 'nps', between(random, 2, 10)));
      if (day >= lastDay && day < snapshotDay) return;
      duringDay(day, ANSWERS_PER_DAY, random, (second) => write(second, 'csat', between(random, 1, 10)));
    });
  });
}

/** Early enough to be recorded on the same day. */
const morning = (day: number, random: Random): number =>
  day * SECONDS_A_DAY + between(random, 6 * 3600, 14 * 3600);
