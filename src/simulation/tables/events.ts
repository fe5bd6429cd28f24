import type { Random } from '../../math/random.js';
import { type ArrivingTable, recordedAt } from './arrivals.js';
import { SECONDS_A_DAY } from './calendar.js';
import { between, poisson } from './draws.js';
import type { AccountLife, Stint } from './lives.js';
import { growingColumn, type SimulatedTable, type TableRow, type TableShape, tableBuilder } from './table.js';
import type { World } from './world.js';

/** Adds a row about something that happened at `occurred`, unless it was not yet known at the extraction. */
export type RecordRow<S extends TableShape> = (occurred: number, row: TableRow<S>) => void;

/** Writes what one account did into one table. */
export type WriteAccount<S extends TableShape> = (
  life: AccountLife,
  record: RecordRow<S>,
  random: Random,
) => void;

/**
 * A table of events with `recorded_at` as its last column, account after account. Every account draws from a
 * stream of its own, so that what happens to one does not change another.
 */
export function eventTable<S extends TableShape>(
  name: ArrivingTable,
  shape: S,
  { lives, world, random }: EventContext,
  write: WriteAccount<S>,
): SimulatedTable {
  const table = tableBuilder(name, shape);
  const arrived = growingColumn('recorded_at', 'instant');
  const tableRandom = random.fork(name);
  for (const life of lives) {
    const accountRandom = tableRandom.fork(life.traits.accountId);
    const arrivalRandom = accountRandom.fork('arrival');
    const record: RecordRow<S> = (occurred, row) => {
      const recorded = recordedAt(name, occurred, world.hasLateArrivals, arrivalRandom);
      if (recorded >= world.endSecond) return;
      table.add(row);
      arrived.push(recorded);
    };
    write(life, record, accountRandom);
  }
  const { rows, columns } = table.finish();
  return { name, rows, columns: [...columns, arrived.finish()] };
}

/** What every event table is written from. */
export interface EventContext {
  readonly lives: readonly AccountLife[];
  readonly world: World;
  readonly random: Random;
}

/** Every day on which the account is a customer and events are kept, the day of leaving excluded. */
export function eachDay(
  { stints }: AccountLife,
  world: World,
  visit: (day: number, stint: Stint) => void,
): void {
  for (const stint of stints) {
    const last = Math.min(stint.endDay, world.endDay);
    for (let day = Math.max(stint.startDay, world.eventsFromDay); day < last; day++) visit(day, stint);
  }
}

/** Calls `happen` a Poisson number of times, each with a second of the day between 6 and 20 o'clock. */
export function duringDay(day: number, mean: number, random: Random, happen: (second: number) => void): void {
  for (let left = poisson(random, mean); left > 0; left--) happen(officeSecond(day, random));
}

export const officeSecond = (day: number, random: Random): number =>
  day * SECONDS_A_DAY + between(random, 6 * 3600, 20 * 3600 - 1);
