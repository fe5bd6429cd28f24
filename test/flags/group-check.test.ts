import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figuresWithin } from '../../src/flags/count-figures.js';
import { type Flag, raisedBy } from '../../src/flags/flag.js';
import { checkGroups, describeGroups } from '../../src/flags/group-check.js';
import { groupFindingSchema } from '../../src/flags/ledger.js';
import { permutation, seededRandom } from '../../src/math/random.js';
import { type CategoryColumn, takeBytes } from '../../src/tables/table.js';
import { fewRows, flagRows } from './dealt-rows.js';

const flag: Flag = { conditions: [{ test: 'at-least', feature: 'a', threshold: 1 }] };

/** Levels by their first letters, one per row; a blank is not known. */
function stratum(name: string, letters: string): CategoryColumn {
  const levels = [...new Set(letters.replaceAll(' ', ''))].sort();
  return {
    kind: 'category',
    name,
    levels,
    codes: Int32Array.from(letters, (letter) => levels.indexOf(letter)),
  };
}

/** Eight of renew: who raises it leaves. Eight of land: who raises it stays. One of expand: raises it. */
const rows = flagRows({ a: '111100001111000011' }, '111100000000111110');
const stage = stratum('stage', 'rrrrrrrrlllllllle ');

describe('checkGroups', () => {
  it('is worked by hand: holds in one stage and turns around in another', () => {
    const [findings] = checkGroups([flag], rows, [stage]);
    expect(findings!.map(({ value, verdict, outsideRate }) => [value, verdict, outsideRate])).toEqual([
      ['e', 'unclear', 0],
      // 1 of C(8, 4) = 70 dealings goes so far; Holm over six: 6/70 is above 5 %, so neither is beyond doubt.
      ['l', 'unclear', 1],
      ['r', 'unclear', 0],
    ]);
    const twice = flagRows(
      { a: '1'.repeat(5) + '0'.repeat(5) + '1'.repeat(5) + '0'.repeat(5) },
      `${'1'.repeat(5)}${'0'.repeat(10)}${'1'.repeat(5)}`,
    );
    // 1 of C(10, 5) = 252; Holm over four: 4/252.
    const [clear] = checkGroups([flag], twice, [stratum('stage', 'r'.repeat(10) + 'l'.repeat(10))]);
    expect(clear!.map(({ by, value, verdict }) => [by, value, verdict])).toEqual([
      ['stage', 'l', 'reversed'],
      ['stage', 'r', 'holds'],
    ]);
    expect(clear![1]!.inside).toMatchObject({
      accounts: 5,
      churned: 5,
      allAccounts: 10,
      allChurned: 5,
      baseRate: 0.5,
    });
    expect(clear![1]!.inside.p).toBeCloseTo(1 / 252, 14);
    expect(describeGroups(clear!)).toEqual([
      'stage: holds in r alone; turns around in l: 0 of 5 left (0 %) inside, 100 % outside',
    ]);
    // Beside three further flags on the same groups, 16 tests: 16/252 is above 5 %.
    const among = checkGroups([flag, flag, flag, flag], twice, [
      stratum('stage', 'r'.repeat(10) + 'l'.repeat(10)),
    ]);
    expect(among.flat().every(({ verdict }) => verdict === 'unclear')).toBe(true);
  });

  it('skips a column that a condition is on, groups without a raised row, and rows of no known group', () => {
    const plans = stratum('a', 'rrrrrrrrlllllllle ');
    expect(checkGroups([flag], rows, [plans])).toEqual([[]]);
    const [findings] = checkGroups([flag], rows, [stratum('plan', 'xxxxyyyy          ')]);
    expect(findings!.map(({ value }) => value)).toEqual(['x']);
    expect(checkGroups([], rows, [stage])).toEqual([]);
  });

  it('fits the ledger, with the figures of the groups', () => {
    fc.assert(
      fc.property(
        fewRows,
        fc.string({ unit: fc.constantFrom('x', 'y', ' '), minLength: 8, maxLength: 8 }),
        (few, letters) => {
          const column = stratum('plan', letters.slice(0, few.churned.length));
          const [findings] = checkGroups([flag], few, [column]);
          const raised = raisedBy(flag, few.table);
          for (const finding of findings!) {
            const code = column.levels.indexOf(finding.value);
            expect(groupFindingSchema.parse(finding).inside).toEqual(
              figuresWithin(raised, few, (row) => column.codes[row] === code),
            );
            expect(finding.inside.accounts).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it('says anything in at most 5 % of shuffled outcomes', () => {
    const random = seededRandom(21);
    const digits = () => Array.from({ length: 90 }, () => random.integer(2)).join('');
    const many = flagRows({ a: digits(), b: digits(), c: digits() }, '10'.repeat(45));
    const flags = ['a', 'b', 'c'].map(
      (feature): Flag => ({ conditions: [{ test: 'at-least', feature, threshold: 1 }] }),
    );
    const plan = stratum('plan', 'xyz'.repeat(30));
    let wrong = 0;
    for (let i = 0; i < 400; i++) {
      const churned = takeBytes(many.churned, permutation(90, random));
      const verdicts = checkGroups(flags, { ...many, churned }, [plan])
        .flat()
        .map(({ verdict }) => verdict);
      if (verdicts.some((verdict) => verdict !== 'unclear')) wrong++;
    }
    expect(wrong / 400).toBeLessThanOrEqual(0.05);
    expect(wrong).toBeGreaterThan(0);
  });
});

describe('describeGroups', () => {
  const [template] = checkGroups([flag], rows, [stage])[0]!;
  const groups = (by: string, verdicts: Record<string, 'holds' | 'unclear'>) =>
    Object.entries(verdicts).map(([value, verdict]) => ({ ...template!, by, value, verdict }));

  it.each([
    [{ land: 'holds', renew: 'holds' }, 'stage: holds in all of them'],
    [{ land: 'holds' }, 'stage: holds in land'],
    [{ land: 'unclear', renew: 'holds' }, 'stage: holds in renew alone'],
    [{ land: 'holds', adopt: 'unclear', renew: 'holds' }, 'stage: holds in land and renew'],
    [{ a: 'holds', b: 'holds', c: 'holds', d: 'holds', e: 'unclear' }, 'stage: holds in 4 of 5'],
    [{ land: 'unclear', renew: 'unclear' }, 'stage: holds nowhere beyond doubt'],
  ] as const)('%j', (verdicts, sentence) => {
    expect(describeGroups(groups('stage', verdicts))).toEqual([sentence]);
  });

  it('has one sentence per column', () => {
    const both = [...groups('stage', { land: 'holds' }), ...groups('month', { '2024-01': 'unclear' })];
    expect(describeGroups(both)).toEqual(['stage: holds in land', 'month: holds nowhere beyond doubt']);
  });
});
