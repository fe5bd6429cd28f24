/** The signs of the compound fact on the snapshot date. */
export interface Signs {
  /** No usage event in the last 14 days. */
  readonly silent: boolean;
  /** More than ten tickets opened in the last 30 days. */
  readonly busy: boolean;
  /** The last CSAT answer is below 5. */
  readonly unhappy: boolean;
}

/** All accounts that show exactly these signs. */
export interface FactCell extends Signs {
  readonly accounts: number;
  /** How many of them leave within the horizon. */
  readonly leave: number;
}

/** Accounts that show at least the named signs, of 20,000, and the share of them that leaves. */
const planted = {
  silent: { accounts: 4000, rate: 0.17 },
  busy: { accounts: 2000, rate: 0.085 },
  unhappy: { accounts: 3000, rate: 0.133 },
  silentBusy: { accounts: 620, rate: 0.187 },
  silentUnhappy: { accounts: 760, rate: 0.184 },
  busyUnhappy: { accounts: 620, rate: 0.187 },
  allThree: { accounts: 260, rate: 0.423 },
} as const;

const PLANTED_ACCOUNTS = 20_000;
const BASE_RATE = 0.2;

/** Accounts with at least the named signs, and those of them that leave. */
export type FactCounts = Readonly<
  Record<keyof typeof planted | 'all', { readonly accounts: number; readonly leave: number }>
>;

/**
 * The planted counts for a company of that size, each rounded to whole accounts. Every sign alone and every
 * pair leaves less than the base rate of 20 %, all three together more than twice as much.
 */
export function factCounts(accounts: number): FactCounts {
  const counts = Object.entries(planted).map(([name, { accounts: shown, rate }]) => {
    const rows = Math.round((shown * accounts) / PLANTED_ACCOUNTS);
    return [name, { accounts: rows, leave: Math.round(rows * rate) }];
  });
  return { ...Object.fromEntries(counts), all: { accounts, leave: Math.round(accounts * BASE_RATE) } };
}

/** The eight cells behind the counts, by inclusion and exclusion. */
export function factCells(counts: FactCounts): FactCell[] {
  const cell = (silent: boolean, busy: boolean, unhappy: boolean): FactCell => {
    const count = (of: 'accounts' | 'leave'): number => exactly({ silent, busy, unhappy }, counts, of);
    return { silent, busy, unhappy, accounts: count('accounts'), leave: count('leave') };
  };
  const either = [true, false];
  return either.flatMap((silent) =>
    either.flatMap((busy) => either.map((unhappy) => cell(silent, busy, unhappy))),
  );
}

function exactly({ silent, busy, unhappy }: Signs, counts: FactCounts, of: 'accounts' | 'leave'): number {
  const three = counts.allThree[of];
  const silentBusy = counts.silentBusy[of] - three;
  const silentUnhappy = counts.silentUnhappy[of] - three;
  const busyUnhappy = counts.busyUnhappy[of] - three;
  const onlySilent = counts.silent[of] - silentBusy - silentUnhappy - three;
  const onlyBusy = counts.busy[of] - silentBusy - busyUnhappy - three;
  const onlyUnhappy = counts.unhappy[of] - silentUnhappy - busyUnhappy - three;
  if (silent) return busy ? (unhappy ? three : silentBusy) : unhappy ? silentUnhappy : onlySilent;
  if (busy) return unhappy ? busyUnhappy : onlyBusy;
  if (unhappy) return onlyUnhappy;
  const shown = three + silentBusy + silentUnhappy + busyUnhappy + onlySilent + onlyBusy + onlyUnhappy;
  return counts.all[of] - shown;
}
