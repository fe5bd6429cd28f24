import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { logit } from '../../src/models/model.js';
import { makeTable } from '../../src/tables/table.js';
import type { FittedCandidate, FittedCandidates } from '../../src/training/candidates.js';
import {
  flagsOfRows,
  learnGroupShifts,
  namedGroups,
  publishedFacts,
} from '../../src/training/group-calibration.js';
import type { LearningSet } from '../../src/training/learning-sets.js';
import { seedFact, seedLedger } from '../flags/ledger-fixture.js';

const ROWS = 1_200;

/** A sixth raises the flag and leaves at 50 %; of the others 5 %, but 40 % of segment b. */
function learned(): LearningSet {
  const random = seededRandom(3);
  const flagged = Array.from({ length: ROWS }, (_, row) => row % 6 === 0);
  const segment = Int32Array.from(flagged, (_, row) => (row % 4 === 2 ? 1 : 0));
  const numbers = (name: string, raised: number, other: number) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.from(flagged, (own) => (own ? raised : other)),
  });
  return {
    table: makeTable([
      numbers('days_since_login', 20, 3),
      numbers('cases_28d', 12, 12),
      numbers('csat', 2, 2),
      { kind: 'category', name: 'segment', codes: segment, levels: ['a', 'b'] },
    ]),
    churned: Uint8Array.from(flagged, (own, row) =>
      random.uniform() < (own ? 0.5 : segment[row] === 1 ? 0.4 : 0.05) ? 1 : 0,
    ),
    weights: null,
    ids: [],
    groups: null,
    labelledRows: new Int32Array(ROWS),
  };
}

/** Candidates of which one that knows nothing was chosen; the search saw every second row. */
function fitted(name: string, { churned }: LearningSet): FittedCandidates {
  const searchRows = Int32Array.from({ length: ROWS / 2 }, (_, row) => 2 * row);
  const searchChurned = Uint8Array.from(searchRows, (row) => churned[row]!);
  const rate = searchChurned.reduce((sum, y) => sum + y, 0) / searchChurned.length;
  const chosen: FittedCandidate = {
    name,
    label: name,
    settings: '',
    members: [],
    outOfFold: new Float64Array(ROWS / 2).fill(logit(rate)),
    logLoss: 0,
    calibration: { kind: 'none', tried: [] },
  };
  return { candidates: [chosen], chosen, searchChurned, searchRows, folds: 5, notes: [] };
}

function shiftsOf(name: string, seen = new Uint8Array(ROWS)) {
  const set = learned();
  const groups = namedGroups(seedLedger(), set.table);
  return learnGroupShifts(fitted(name, set), set, groups, seen, seededRandom(1));
}

describe('learnGroupShifts', () => {
  it('puts the level right inside flags and segments, on the search rows', () => {
    const shifts = shiftsOf('logistic');
    expect(shifts[0]).toMatchObject({ name: seedFact.expression, kind: 'flag', rows: 200 });
    expect(shifts[0]!.rate).toBeGreaterThan(0.4);
    expect(shifts[0]!.meanBefore).toBeLessThan(0.35);
    expect(shifts.slice(1, -1).map(({ kind }) => kind)).toContain('segment');
    expect(shifts.at(-1)).toMatchObject({ kind: 'all', conditions: [], rows: 600 });
  });

  it('halves the rows of a flag that the search saw, and no others', () => {
    const { churned } = learned();
    // Every sixth row raises the flag and half of those are seen: 0, 12, 24, …; and some that raise nothing.
    const seen = Uint8Array.from(churned, (_, row) => (row % 4 === 0 ? 1 : 0));
    const [flag, ...others] = shiftsOf('base-rate', seen);
    const leavers = churned.reduce((sum, y, row) => sum + (row % 6 > 0 ? 0 : row % 12 === 6 ? y : y / 2), 0);
    expect(flag!.rows).toBe(150);
    expect(flag!.rate).toBeCloseTo(leavers / 150, 12);
    expect(others).toMatchObject([{ kind: 'all', rows: 550 }]);
  });

  it('shifts a base rate inside flags alone', () => {
    expect(shiftsOf('base-rate').map(({ kind }) => kind)).toEqual(['flag', 'all']);
  });
});

describe('published facts', () => {
  it('are the confirmed ones', () => {
    expect(publishedFacts(seedLedger())).toEqual([seedFact]);
    expect(publishedFacts(null)).toEqual([]);
  });

  it('are named for each row that raises them', () => {
    const { table } = learned();
    const raised = flagsOfRows(seedLedger(), table);
    expect(raised).toHaveLength(ROWS);
    expect(raised[0]).toEqual([seedFact.expression]);
    expect(raised[1]).toEqual([]);
    expect(flagsOfRows(null, table)[0]).toEqual([]);
  });
});
