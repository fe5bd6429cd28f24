import { holm } from '../math/holm.js';
import type { CategoryColumn } from '../tables/table.js';
import { chanceOfAsFew, countBySnapshot, figuresOf } from './count-figures.js';
import { leftWords, listWords, percentWords } from './figure-words.js';
import type { FlagFigures } from './figures.js';
import { type Flag, raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import type { GroupFinding } from './ledger.js';

/** Chance of a single false verdict among all groups of all flags. */
const FALSE_VERDICT = 0.05;
/** At most so many groups are named one by one. */
const NAMED_GROUPS = 3;

/**
 * Whether flags hold inside stages, segments, months: of each group with at least one row that raises the flag, its
 * figures beside the whole group, and a verdict where more or fewer leave than in the rest of the group beyond doubt.
 * The tests are exact, conditional on the snapshots, and corrected together (Holm): the chance of a single false verdict
 * among all groups of all flags is at most 5 %.
 *
 * A column that a condition of the flag is on says nothing new and is skipped for it, rows whose group is not known too.
 * Where all rows of a group raise the flag, `outsideRate` is 0 and the verdict `unclear`.
 *
 * @param strata columns of as many rows as `rows` that tell the groups, in the order in which they are to be listed
 * @returns per flag, in the order given; groups by column and level
 * @throws ChurnError `missing-column` when the rows lack a feature of a flag
 * @example
 * const rows = { table, churned, snapshot: new Int32Array(table.rows) };
 * const segments = table.columns
 *   .filter(({ name }) => name === 'segment')
 *   .filter((column) => column.kind === 'category');
 * const [findings = []] = checkGroups([parseFlag('days_since_login >= 14')], rows, segments);
 * console.log(describeGroups(findings));
 */
export function checkGroups(
  flags: readonly Flag[],
  rows: FlagRows,
  strata: readonly CategoryColumn[],
): GroupFinding[][] {
  const looked = flags.map((flag) => {
    const raised = raisedBy(flag, rows.table);
    const isCondition = ({ name }: CategoryColumn) => flag.conditions.some(({ feature }) => feature === name);
    return strata.flatMap((column) => (isCondition(column) ? [] : lookInside(raised, rows, column)));
  });
  const corrected = holm(looked.flat().flatMap(({ inside, pFewer }) => [inside.p, pFewer]));
  let next = 0;
  return looked.map((groups) =>
    groups.map(({ by, value, inside }) => {
      const [pMore, pFewer] = [corrected[next++]!, corrected[next++]!];
      return { by, value, inside, outsideRate: outsideRate(inside), verdict: verdictOf(pMore, pFewer) };
    }),
  );
}

interface LookedInside extends Pick<GroupFinding, 'by' | 'value' | 'inside'> {
  /** Chance that so few or fewer leave when the flag says nothing inside the group. */
  readonly pFewer: number;
}

function lookInside(
  raised: Uint8Array,
  rows: FlagRows,
  { name, codes, levels }: CategoryColumn,
): LookedInside[] {
  const raisedIn = new Set(codes.filter((_, row) => raised[row] === 1));
  return levels.flatMap((value, level) => {
    if (!raisedIn.has(level)) return [];
    const counts = countBySnapshot(raised, rows, (row) => codes[row] === level);
    return [{ by: name, value, inside: figuresOf(counts), pFewer: chanceOfAsFew(counts) }];
  });
}

function outsideRate({ accounts, churned, allAccounts, allChurned }: FlagFigures): number {
  return allAccounts > accounts ? (allChurned - churned) / (allAccounts - accounts) : 0;
}

function verdictOf(pMore: number, pFewer: number): GroupFinding['verdict'] {
  if (pMore <= FALSE_VERDICT) return 'holds';
  return pFewer <= FALSE_VERDICT ? 'reversed' : 'unclear';
}

/**
 * What the groups of one flag say, one sentence per column: `stage: holds in renew alone`,
 * `segment: holds in small and midsize; turns around in enterprise: 8 of 60 left (13.3 %) inside, 21 % outside`.
 *
 * @example
 * const [fact] = ledger.facts;
 * if (fact) console.log(describeGroups(fact.groups).join('\n'));
 */
export function describeGroups(findings: readonly GroupFinding[]): string[] {
  return [...new Set(findings.map(({ by }) => by))].map((by) => {
    const groups = findings.filter((finding) => finding.by === by);
    const reversed = groups.filter(({ verdict }) => verdict === 'reversed').map(reversedWords);
    return `${by}: ${[heldWords(groups), ...reversed].join('; ')}`;
  });
}

function heldWords(groups: readonly GroupFinding[]): string {
  const held = groups.filter(({ verdict }) => verdict === 'holds').map(({ value }) => value);
  if (held.length === 0) return 'holds nowhere beyond doubt';
  if (held.length === groups.length)
    return held.length === 1 ? `holds in ${held[0]}` : 'holds in all of them';
  if (held.length === 1) return `holds in ${held[0]} alone`;
  return held.length <= NAMED_GROUPS
    ? `holds in ${listWords(held)}`
    : `holds in ${held.length} of ${groups.length}`;
}

function reversedWords({ value, inside, outsideRate }: GroupFinding): string {
  return `turns around in ${value}: ${leftWords(inside)} inside, ${percentWords(outsideRate)} outside`;
}
