import type { Random } from '../../math/random.js';
import { SECONDS_A_DAY } from './calendar.js';
import { between, oneOf, poisson } from './draws.js';
import { afterwards, type GoneLife, type LeakContext, leaveSecond } from './leak-outcomes.js';
import { ticketRow } from './support-tickets.js';
import { type SimulatedTable, tableColumn } from './table.js';
import { userId } from './usage-events.js';

/** A row by column name; `recorded_at` and the time it is dated to are seconds. */
type BackdatedRow = Readonly<Record<string, string | number | null>>;

/** Tickets about leaving that the support team opens afterwards and dates back. */
export function backdatedTickets(
  table: SimulatedTable,
  context: LeakContext,
  random: Random,
): SimulatedTable {
  return appendBackdated(table, context, random, (gone, draw) =>
    Array.from({ length: between(draw, 1, 3) }, (_, i) => {
      const opened = leaveSecond(gone) - between(draw, 3600, 30 * SECONDS_A_DAY);
      const recorded_at = leaveSecond(gone) + between(draw, 1, 10 * SECONDS_A_DAY);
      return { ...ticketRow(gone.life.traits, 9001 + i, opened, context.world, draw), recorded_at };
    }),
  );
}

/** Exports of the customer's own data, booked when the account is closed. */
export function backdatedExports(
  table: SimulatedTable,
  context: LeakContext,
  random: Random,
): SimulatedTable {
  return appendBackdated(table, context, random, (gone, draw) => {
    const { accountId, habits } = gone.life.traits;
    const recorded_at = leaveSecond(gone) + between(draw, SECONDS_A_DAY, 30 * SECONDS_A_DAY);
    return Array.from({ length: between(draw, 5, 12) }, () => ({
      account_id: accountId,
      user_id: userId(accountId, habits.users, draw.uniform()),
      occurred_at: leaveSecond(gone) - between(draw, 3600, 21 * SECONDS_A_DAY),
      event: 'export',
      quantity: 1 + poisson(draw, 3),
      recorded_at,
    }));
  });
}

/** Answers to "why do you leave?", dated back to the day on which the decision is said to have been made. */
export function exitSurveys(table: SimulatedTable, context: LeakContext, random: Random): SimulatedTable {
  return appendBackdated(table, context, random, (gone, draw) => [
    {
      account_id: gone.life.traits.accountId,
      answered_at: leaveSecond(gone) - between(draw, 3 * SECONDS_A_DAY, 25 * SECONDS_A_DAY),
      kind: 'exit',
      score: between(draw, 0, 5),
      reason: oneOf(draw, ['price', 'missing_function', 'competitor', 'support', 'no_need']),
      comment: null,
      recorded_at: leaveSecond(gone) + between(draw, SECONDS_A_DAY, 20 * SECONDS_A_DAY),
    },
  ]);
}

/** Rows for everyone who has left for good, as far as they were recorded before the extraction. */
function appendBackdated(
  table: SimulatedTable,
  context: LeakContext,
  random: Random,
  write: (gone: GoneLife, random: Random) => BackdatedRow[],
): SimulatedTable {
  const firstStart = ({ life }: GoneLife): number => life.stints.at(-1)!.startDay * SECONDS_A_DAY;
  const rows = afterwards(context).flatMap((gone) =>
    write(gone, random.fork(gone.life.traits.accountId)).filter(
      (row) =>
        Number(row['recorded_at']) < context.world.endSecond &&
        Number(row['occurred_at'] ?? row['opened_at'] ?? row['answered_at']) >= firstStart(gone),
    ),
  );
  return {
    ...table,
    rows: table.rows + rows.length,
    columns: table.columns.map(({ name, kind, cells }) => {
      const added = rows.map((row) => row[name]!);
      return tableColumn(name, kind, [...Array.from<string | number | null>(cells), ...added]);
    }),
  };
}
