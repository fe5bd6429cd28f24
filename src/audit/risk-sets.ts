/** How much more often a level's accounts left than others that stood beside them. */
export interface LevelRisk {
  /** Log odds ratio of leaving; positive when the level leaves more. */
  readonly logOdds: number;
  /** Its variance. */
  readonly variance: number;
  /** Leavings of the level's accounts, each counted by the share of accounts beside it that were not of the level. */
  readonly compared: number;
}

/** The same over all leavings, over the earliest third and over the latest third of them. */
export interface LevelRisks {
  readonly all: LevelRisk;
  readonly earliest: LevelRisk;
  readonly latest: LevelRisk;
}

export interface RiskSetInput {
  readonly startedAt: Float64Array;
  /** `NaN` for accounts that are still there. */
  readonly leftAt: Float64Array;
  /** Level of each account, -1 for none. */
  readonly codes: Int32Array;
  readonly levels: number;
}

/** Accounts are compared with others that began at about the same time: in groups of so many, at most 32 of them. */
const COHORT_ACCOUNTS = 25;
const MOST_COHORTS = 32;

/**
 * Compares each account that left with those that were there at that moment and had begun at about the same time
 * (risk sets): per level, the Mantel–Haenszel odds ratio over all such comparisons.
 *
 * A level that was known all along keeps its odds ratio through the years. One that is written at leaving does not: early
 * on, those beside whom an account left include many who will leave and be rewritten as well; close to the extraction
 * hardly any, so the latest leavings differ more than the earliest.
 */
export function levelRisks({ startedAt, leftAt, codes, levels }: RiskSetInput): LevelRisks[] {
  const cohorts = Math.min(MOST_COHORTS, Math.ceil(startedAt.length / COHORT_ACCOUNTS));
  const cohort = cohortsOf(startedAt, cohorts);
  const entries = orderOf(startedAt, (time) => !Number.isNaN(time));
  const leavings = orderOf(leftAt, (time) => !Number.isNaN(time));
  const present = Array.from({ length: cohorts }, () => ({ accounts: 0, byLevel: new Float64Array(levels) }));
  const count = (account: number, by: 1 | -1) => {
    const group = present[cohort[account]!]!;
    group.accounts += by;
    if (codes[account]! >= 0) group.byLevel[codes[account]!]! += by;
  };
  const thirds = [newTallies(levels), newTallies(levels), newTallies(levels)];
  let entered = 0;
  let gone = 0;
  for (const [place, account] of leavings.entries()) {
    const now = leftAt[account]!;
    while (entered < entries.length && startedAt[entries[entered]!]! < now) count(entries[entered++]!, 1);
    // Accounts that leave at the same moment stand beside each other.
    while (leftAt[leavings[gone]!]! < now) count(leavings[gone++]!, -1);
    const group = present[cohort[account]!]!;
    const tallies = thirds[Math.floor((3 * place) / leavings.length)]!;
    for (let level = 0; level < levels; level++) {
      const share = group.byLevel[level]! / group.accounts;
      addComparison(tallies[level]!, codes[account] === level, share);
    }
  }
  return Array.from({ length: levels }, (_, level) => {
    const [earliest, middle, latest] = thirds.map((tallies) => tallies[level]!) as [Tally, Tally, Tally];
    return {
      all: riskOf(sum(sum(earliest, middle), latest)),
      earliest: riskOf(earliest),
      latest: riskOf(latest),
    };
  });
}

/** Sums over leavings: `more` where the leaver has the level and others do not, `less` the other way round. */
interface Tally {
  more: number;
  moreSquared: number;
  less: number;
  lessSquared: number;
}

const newTallies = (levels: number): Tally[] =>
  Array.from({ length: levels }, () => ({ more: 0, moreSquared: 0, less: 0, lessSquared: 0 }));

function addComparison(tally: Tally, hasLevel: boolean, share: number): void {
  if (hasLevel) {
    tally.more += 1 - share;
    tally.moreSquared += (1 - share) ** 2;
  } else {
    tally.less += share;
    tally.lessSquared += share ** 2;
  }
}

const sum = (a: Tally, b: Tally): Tally => ({
  more: a.more + b.more,
  moreSquared: a.moreSquared + b.moreSquared,
  less: a.less + b.less,
  lessSquared: a.lessSquared + b.lessSquared,
});

/** Half a comparison is added on both sides, so that none is without bounds. */
function riskOf({ more, moreSquared, less, lessSquared }: Tally): LevelRisk {
  return {
    logOdds: Math.log((more + 0.5) / (less + 0.5)),
    compared: more,
    variance: (moreSquared + 0.25) / (more + 0.5) ** 2 + (lessSquared + 0.25) / (less + 0.5) ** 2,
  };
}

function orderOf(times: Float64Array, isKnown: (time: number) => boolean): Int32Array {
  const known = Int32Array.from(times.keys()).filter((i) => isKnown(times[i]!));
  return known.sort((a, b) => times[a]! - times[b]! || a - b);
}

function cohortsOf(startedAt: Float64Array, cohorts: number): Int32Array {
  const sorted = startedAt.slice().sort();
  const edges = Array.from(
    { length: cohorts - 1 },
    (_, i) => sorted[Math.floor(((i + 1) / cohorts) * sorted.length)]!,
  );
  return Int32Array.from(startedAt, (time) => edges.filter((edge) => time >= edge).length);
}
