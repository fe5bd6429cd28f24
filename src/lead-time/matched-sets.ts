import { ChurnError } from '../errors.js';
import type { Random } from '../math/random.js';
import type { RawTable } from '../tables/raw-table.js';
import { createSpells, SPELLS_TABLE } from '../timeline/spells.js';
import type { Company } from '../workspace/company.js';

/** One account seen from one date: that of its leaving, or, as a stayer, that of the leaver it is set beside. */
export interface Subject {
  readonly accountId: string;
  /** Number of the matched set: a leaver and its stayers. */
  readonly set: number;
  readonly isLeaver: boolean;
  /** From when on both the account and its set's leaver were active, in milliseconds since 1970 UTC. */
  readonly activeSince: number;
  /** The set's date of leaving. */
  readonly leftAt: number;
}

export interface MatchedSetsOptions {
  readonly random: Random;
  /** Most leavings to look at; drawn at random where there are more. */
  readonly leavers: number;
  /** Stayers to set beside each. */
  readonly stayers: number;
}

interface Stay {
  readonly accountId: string;
  readonly startedAt: number;
  /** `Infinity` while the stay goes on. */
  readonly leftAt: number;
  readonly counts: boolean;
}

/**
 * Sets beside each leaver some accounts that were active on the day it left, drawn at random: incidence density
 * sampling. Leaver and stayers are seen on the same dates, so that season, prices and the company's own changes are
 * the same for both. An account may stand in several sets, and who leaves later may be a stayer before.
 *
 * Where the company counts voluntary leaving alone, an involuntary leaver stands in no set as a leaver.
 *
 * @returns the sets one after the other, each with its leaver first
 * @see Lubin and Gail (1984), Biased selection of controls for case-control analyses of cohort studies
 */
export async function drawMatchedSets(
  company: Company,
  { random, leavers, stayers }: MatchedSetsOptions,
): Promise<Subject[]> {
  if (!(Number.isSafeInteger(leavers) && leavers >= 1 && Number.isSafeInteger(stayers) && stayers >= 1)) {
    throw new ChurnError(
      'bad-option',
      `lead times need at least 1 leaver and 1 stayer for each, found ${leavers} and ${stayers}`,
    );
  }
  const stays = await readStays(company);
  const left = stays.filter(({ leftAt, counts }) => counts && leftAt < Number.POSITIVE_INFINITY);
  return sample(left, leavers, random.fork('leavers')).flatMap((leaver, set) => {
    const { leftAt } = leaver;
    const atRisk = stays.filter(
      (stay) => stay.startedAt < leftAt && stay.leftAt > leftAt && stay.accountId !== leaver.accountId,
    );
    const beside = sample(atRisk, stayers, random.fork(`stayers ${set}`));
    return [leaver, ...beside].map((stay, place) => ({
      accountId: stay.accountId,
      set,
      isLeaver: place === 0,
      activeSince: Math.max(stay.startedAt, leaver.startedAt),
      leftAt,
    }));
  });
}

async function readStays(company: Company): Promise<Stay[]> {
  await createSpells(company);
  const table = await company.database.table(
    `SELECT account_id, started_at, left_at, coalesce(churn_kind, '') AS churn_kind FROM ${SPELLS_TABLE} ORDER BY account_id, spell`,
  );
  const voluntaryOnly = company.settings.churn.kinds === 'voluntary';
  const [accounts, started, left, kinds] = stayColumns(table);
  return Array.from({ length: table.rows }, (_, row) => ({
    accountId: accounts(row),
    startedAt: started[row]!,
    leftAt: Number.isNaN(left[row]!) ? Number.POSITIVE_INFINITY : left[row]!,
    counts: !(voluntaryOnly && kinds(row) === 'involuntary'),
  }));
}

function stayColumns({ columns }: RawTable) {
  const text = (index: number) => {
    const column = columns[index]!;
    if (column.kind !== 'text') throw new ChurnError('internal', `lead times: ${column.name} is no text`);
    return (row: number) => column.levels[column.codes[row]!]!;
  };
  const instants = (index: number) => {
    const column = columns[index]!;
    if (column.kind === 'text') throw new ChurnError('internal', `lead times: ${column.name} is text`);
    return column.values;
  };
  return [text(0), instants(1), instants(2), text(3)] as const;
}

/** Some of the items at random without replacement, in their order; all when there are no more (Floyd 1987). */
function sample<T>(items: readonly T[], most: number, random: Random): readonly T[] {
  if (items.length <= most) return items;
  const drawn = new Set<number>();
  for (let last = items.length - most; last < items.length; last++) {
    const index = random.integer(last + 1);
    drawn.add(drawn.has(index) ? last : index);
  }
  return [...drawn].sort((a, b) => a - b).map((index) => items[index]!);
}
