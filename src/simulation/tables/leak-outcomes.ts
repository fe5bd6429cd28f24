import { SECONDS_A_DAY } from './calendar.js';
import type { AccountLife, Leave } from './lives.js';
import type { World } from './world.js';

/** What leaks are planted from: lives with their outcome, which no honest table would know early. */
export interface LeakContext {
  readonly lives: readonly AccountLife[];
  readonly world: World;
}

/** Where an account stands on the day of extraction. */
export interface Outcome {
  readonly left: boolean;
  readonly createdDay: number;
  /** The last day of leaving, or the day of extraction. */
  readonly lastDay: number;
  readonly revenueCents: number;
}

/** An account that has left for good, with its leaving. */
export interface GoneLife {
  readonly life: AccountLife;
  readonly leave: Leave;
}

export function outcomeOf({ traits, stints }: AccountLife, world: World): Outcome {
  const last = stints.at(-1)!;
  const cents = stints
    .flatMap(({ agreements }) => agreements)
    .map(
      ({ startDay, endDay, mrrCents }) => (mrrCents * 12 * (Math.min(endDay, world.endDay) - startDay)) / 365,
    );
  return {
    left: last.leave !== null,
    createdDay: traits.createdDay,
    lastDay: last.endDay,
    revenueCents: Math.round(cents.reduce((sum, value) => sum + value, 0)),
  };
}

export function afterwards({ lives }: LeakContext): GoneLife[] {
  return lives.flatMap((life) => {
    const { leave } = life.stints.at(-1)!;
    return leave ? [{ life, leave }] : [];
  });
}

/** The second at which a leaving takes effect. */
export const leaveSecond = ({ leave }: GoneLife): number => leave.day * SECONDS_A_DAY;
