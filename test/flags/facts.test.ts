import { describe, expect, it } from 'vitest';
import { findFlags } from '../../src/flags/find.js';
import { raisedBy } from '../../src/flags/flag.js';
import { describeGroups } from '../../src/flags/group-check.js';
import type { Ledger } from '../../src/flags/ledger.js';
import { retestLedger } from '../../src/flags/retest.js';
import { seededRandom } from '../../src/math/random.js';
import { takeBytes, takeCodes, takeRows } from '../../src/tables/table.js';
import { type FactWorld, factWorld, whose } from './fact-world.js';
import { findIn } from './find-in.js';
import { jaccard } from './seed-world.js';

const confirmed = ({ facts }: Ledger) => facts.filter(({ status }) => status === 'confirmed');
const nearest = (ledger: Ledger, { table }: FactWorld, truth: Uint8Array) =>
  Math.max(0, ...confirmed(ledger).map((fact) => jaccard(raisedBy(fact, table), truth)));

describe('planted facts', () => {
  it('finds two facts that share a third of their accounts', async () => {
    const world = factWorld({ seed: 1, accounts: 9_000 }, ({ a, b, c }) =>
      (a && b) || (a && c) ? 0.4 : 0.15,
    );
    const ledger = await findIn(world, { seed: 1, permutations: 127 });
    expect(
      nearest(
        ledger,
        world,
        whose(world, ({ a, b }) => a && b),
      ),
    ).toBeGreaterThanOrEqual(0.9);
    expect(
      nearest(
        ledger,
        world,
        whose(world, ({ a, c }) => a && c),
      ),
    ).toBeGreaterThanOrEqual(0.9);
    expect(confirmed(ledger).length).toBe(2);
    expect(ledger.overlap[0]![1]).toBeCloseTo(1 / 3, 1);
  });

  it('finds a fact of four conditions with depth 4, and no condition without a part in it', async () => {
    const world = factWorld({ seed: 2, accounts: 20_000, noise: 1 }, ({ a, b, c, d }) =>
      a && b && c && d ? 0.6 : 0.15,
    );
    const ledger = await findIn(world, { seed: 2, permutations: 127, depth: 4 });
    const [first] = confirmed(ledger);
    expect(first!.conditions.map(({ feature }) => feature)).toEqual(['a', 'b', 'c', 'd']);
    expect(
      nearest(
        ledger,
        world,
        whose(world, ({ a, b, c, d }) => a && b && c && d),
      ),
    ).toBeGreaterThanOrEqual(0.9);
    for (const { p } of first!.parts) expect(p).toBeLessThan(0.01);
  });

  it('names the stage that a fact holds in alone', async () => {
    const world = factWorld({ seed: 3, accounts: 9_000 }, ({ a, b, stage }) =>
      a && b && stage === 'renew' ? 0.6 : 0.15,
    );
    const ledger = await findIn(world, { seed: 3, permutations: 127 });
    expect(confirmed(ledger)[0]!.expression).toMatch(/^a >= 20 and b >= 20 and stage is renew$/);
  });

  it('says in which stages a flag holds that does not name them, and where it turns around', async () => {
    const world = factWorld({ seed: 4, accounts: 12_000 }, ({ a, b, stage }) =>
      a && b ? (stage === 'land' ? 0.05 : 0.5) : 0.25,
    );
    // The stage is not among what is searched, as of a company that has no stages.
    const { columns } = world.table;
    const unstaged = { ...world.table, columns: columns.filter(({ name }) => name !== 'stage') };
    const stage = columns.find(({ name }) => name === 'stage')!;
    const ledger = await findIn(
      { table: unstaged, churned: world.churned },
      { seed: 4, permutations: 127 },
      (part) => [takeRows({ rows: world.table.rows, columns: [stage] }, part).columns[0]! as never],
    );
    const [first] = confirmed(ledger);
    expect(first!.expression).toBe('a >= 20 and b >= 20');
    expect(first!.groups.map(({ value, verdict }) => [value, verdict])).toEqual([
      ['land', 'reversed'],
      ['adopt', 'holds'],
      ['expand', 'holds'],
      ['renew', 'holds'],
    ]);
    expect(describeGroups(first!.groups)).toEqual([
      expect.stringMatching(
        /^stage: holds in adopt, expand and renew; turns around in land: \d+ of \d+ left/,
      ),
    ]);
  });

  it('does not confirm a fact that has ended, and retires one that ends later', async () => {
    const lives = factWorld({ seed: 5, accounts: 8_000 }, ({ a, b }) => (a && b ? 0.5 : 0.15));
    const over = factWorld({ seed: 6, accounts: 8_000 }, () => 0.15);
    const rowsOf = ({ table, churned }: FactWorld, from: number, to: number) => {
      const part = Int32Array.from({ length: to - from }, (_, i) => from + i);
      return {
        table: takeRows(table, part),
        churned: takeBytes(churned, part),
        snapshot: takeCodes(new Int32Array(churned.length), part),
      };
    };
    const find = (confirmation: FactWorld) =>
      findFlags(
        {
          discovery: rowsOf(lives, 0, 5_000),
          confirmation: rowsOf(confirmation, 5_000, 8_000),
          strata: [],
          population: 8_000,
        },
        {
          data: { file: 'lives.csv', sha256: 'first' },
          dates: { discovery: { from: null, to: null }, confirmation: { from: null, to: null } },
          publishedOn: '2026-01-01',
          expiresOn: '2026-06-30',
        },
        { seed: 1, random: seededRandom(1), permutations: 127 },
      );

    const ended = await find(over);
    expect(confirmed(ended)).toEqual([]);
    expect(ended.facts[0]).toMatchObject({ expression: 'a >= 20 and b >= 20', status: 'failed' });

    const published = await find(lives);
    expect(confirmed(published)[0]!.expression).toBe('a >= 20 and b >= 20');
    const later = (world: FactWorld, sha256: string) =>
      retestLedger(published, rowsOf(world, 0, 8_000), { on: '2026-05-01', file: 'later.csv', sha256 })
        .facts[0]!;
    const living = factWorld({ seed: 7, accounts: 8_000 }, ({ a, b }) => (a && b ? 0.5 : 0.15));
    expect(later(living, 'second')).toMatchObject({ status: 'confirmed', expiresOn: '2026-10-28' });
    const dead = later(over, 'third');
    expect(dead).toMatchObject({ status: 'retired', retests: [{ verdict: 'dead' }] });
    expect(dead.why).toContain('dead on 2026-05-01');
  });
});
