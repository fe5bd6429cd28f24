/** Rows of a level, and how many of them are of those who left. */
export interface LevelCount {
  readonly rows: number;
  readonly left: number;
}

/** All rows, and how many levels are judged. */
export interface PurityContext extends LevelCount {
  readonly tests: number;
}

/** "Only of those who left" allows one row in a hundred for dirt, and must not hang on a handful of rows. */
const PURITY = 0.99;
const LEAST_PURITY = 0.8;
const LEAST_ODDS_RATIO = 16;
/** Share of those who left that a mark must cover. */
const LEAST_SHARE = 0.05;

/**
 * Whether a level marks those who left: 99 % of its rows are theirs, it covers 5 % of them, and so many would hardly
 * happen by chance (bounds as in `profiling/leakage`).
 */
export function marksLeavers(
  level: LevelCount,
  { rows, left, tests }: PurityContext,
  falseFinding: number,
): boolean {
  if (level.left < PURITY * level.rows || level.left < LEAST_SHARE * left) return false;
  const rate = left / rows;
  const low = wilsonLow(level.left, level.rows);
  return (
    low >= LEAST_PURITY &&
    low / (1 - low) >= (LEAST_ODDS_RATIO * rate) / (1 - rate) &&
    chernoffTail(level.left, level.rows, rate) <= falseFinding / tests
  );
}

/** Lower end of Wilson's 95 % interval of a share. */
function wilsonLow(successes: number, rows: number): number {
  const z = 1.959963984540054;
  const share = successes / rows;
  const reach = z * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2));
  return (share + z ** 2 / (2 * rows) - reach) / (1 + z ** 2 / rows);
}

/** Chernoff's upper bound of the chance of so many successes or more when each has the given chance. */
export function chernoffTail(successes: number, rows: number, chance: number): number {
  const share = successes / rows;
  if (!(share > chance)) return 1;
  const part = (p: number, q: number) => (p === 0 ? 0 : p * Math.log(p / q));
  return Math.exp(-rows * (part(share, chance) + part(1 - share, 1 - chance)));
}
