import { describe, expect, it } from 'vitest';
import { figuresWithin, flagFigures } from '../../src/flags/count-figures.js';
import type { FlagFigures } from '../../src/flags/figures.js';
import type { FlagRows } from '../../src/flags/flag-rows.js';
import { type Fact, type Ledger, ledgerSchema } from '../../src/flags/ledger.js';
import { retestLedger } from '../../src/flags/retest.js';
import { flagRows } from './dealt-rows.js';

/** Figures of so many rows, of which so many left, among a thousand of which so many left. */
function counted(accounts: number, churned: number, allChurned: number): FlagFigures {
  return rowsOf({ a: [accounts, churned] }, allChurned).figures;
}

/** A thousand rows of which `allChurned` left; per feature, one stretch of rows that meets it, with its leavers. */
function rowsOf(
  features: Record<string, [accounts: number, churned: number]>,
  allChurned: number,
): { rows: FlagRows; figures: FlagFigures } {
  const outcomes = Array.from({ length: 1_000 }, () => '0');
  let start = 0;
  let left = 0;
  const columns = Object.entries(features).map(([name, [accounts, churned]]) => {
    outcomes.fill('1', start, start + churned);
    const text = '0'.repeat(start) + '1'.repeat(accounts) + '0'.repeat(1_000 - start - accounts);
    start += accounts;
    left += churned;
    return [name, text] as const;
  });
  outcomes.fill('1', 1_000 - (allChurned - left));
  const rows = flagRows(Object.fromEntries(columns), outcomes.join(''));
  const first = Uint8Array.from(columns[0]![1], Number);
  return { rows, figures: flagFigures(first, rows) };
}

function factOn(feature: string, status: Fact['status'] = 'confirmed'): Fact {
  const figures = { ...counted(100, 60, 200), correctedP: 1e-9 };
  return {
    id: feature.padStart(8, '0'),
    conditions: [{ test: 'at-least', feature, threshold: 1 }],
    expression: `${feature} >= 1`,
    sql: `"${feature}" >= 1`,
    status,
    why: 'as it was',
    publishedOn: '2024-01-01',
    expiresOn: '2024-06-29',
    discovery: figures,
    confirmation: figures,
    singles: [],
    parts: [],
    groups: [],
    warning: null,
    retests: [],
  };
}

function ledgerOf(facts: Fact[], overlap: number[][] = facts.map(() => facts.map(() => 1))): Ledger {
  const part = { rows: 1_000, churned: 200, from: null, to: null };
  return {
    formatVersion: 1,
    kind: 'churnlab-flags',
    churnlabVersion: '0.0.0',
    data: { file: 'old.csv', sha256: 'old' },
    seed: 1,
    discovery: part,
    confirmation: part,
    handled: [],
    search: {
      conditions: 1,
      depth: 1,
      leastAccounts: 1,
      candidates: 1,
      complete: true,
      correction: 'westfall-young',
      permutations: 1,
      carried: 1,
    },
    capacity: 1,
    facts,
    overlap,
    triggers: [],
    triggerReturns: [],
    flagReturns: [],
  };
}

const looked = { on: '2024-05-01', file: 'new.csv', sha256: 'new' };
const retestOne = (churned: number, accounts = 100, options = looked) =>
  retestLedger(ledgerOf([factOn('a')]), rowsOf({ a: [accounts, churned] }, 200).rows, options).facts[0]!;

describe('retestLedger', () => {
  it('moves the expiry of a fact that is alive on by its span of 180 days', () => {
    const fact = retestOne(55);
    expect(fact).toMatchObject({ status: 'confirmed', publishedOn: '2024-01-01', expiresOn: '2024-10-28' });
    expect(fact.why).toBe('alive on 2024-05-01: 55 of 100 left (55 %), base 20 %');
    expect(fact.retests).toEqual([
      {
        on: '2024-05-01',
        data: { file: 'new.csv', sha256: 'new' },
        figures: counted(100, 55, 200),
        verdict: 'alive',
      },
    ]);
    expect(fact.confirmation).toEqual(factOn('a').confirmation);
  });

  it('moves it by the same 180 days at the second retest, and never back', () => {
    const { rows } = rowsOf({ a: [100, 55] }, 200);
    const once = retestLedger(ledgerOf([factOn('a')]), rows, looked);
    const twice = retestLedger(once, rows, { on: '2024-10-01', file: 'newer.csv', sha256: 'newer' });
    expect(twice.facts[0]!.expiresOn).toBe('2025-03-30');
    const earlier = retestLedger(twice, rows, { on: '2024-02-01', file: 'late.csv', sha256: 'late' });
    expect(earlier.facts[0]!.expiresOn).toBe('2025-03-30');
    expect(earlier.facts[0]!.retests.map(({ on }) => on)).toEqual(['2024-05-01', '2024-10-01', '2024-02-01']);
  });

  it('retires a fact of whose excess surely less than half is left', () => {
    // Confirmed: 40 points above base. Half are 20; 30 of 100 are at most 39.6 %, 19.6 above base; 31 at most 40.6 %.
    const dead = retestOne(30);
    expect(dead).toMatchObject({ status: 'retired', expiresOn: '2024-06-29' });
    expect(dead.why).toBe(
      'dead on 2024-05-01: 30 of 100 left (30 %), base 20 %, less than half of the excess over base that was confirmed (60 % beside 20 %)',
    );
    expect(dead.retests[0]!.verdict).toBe('dead');
    expect(dead.retests[0]!.figures.p).toBeLessThan(0.05);
    expect(retestOne(31).retests[0]!.verdict).toBe('alive');
  });

  it('does not call a fact dead because the base rate moved', () => {
    const { rows } = rowsOf({ a: [100, 25] }, 60);
    expect(retestLedger(ledgerOf([factOn('a')]), rows, looked).facts[0]!.retests[0]!.verdict).toBe('alive');
    const { rows: stormy } = rowsOf({ a: [0, 0] }, 900);
    expect(retestLedger(ledgerOf([factOn('a')]), stormy, looked).facts[0]!.retests[0]!.verdict).toBe(
      'unclear',
    );
  });

  it('keeps an unclear fact until it expires', () => {
    const unclear = retestOne(2, 5);
    expect(unclear).toMatchObject({ status: 'confirmed', expiresOn: '2024-06-29' });
    expect(unclear.why).toBe('unclear on 2024-05-01: 2 of 5 left (40 %), base 20 %');
    expect(retestOne(2, 5, { ...looked, on: '2024-06-29' }).status).toBe('confirmed');
    const expired = retestOne(2, 5, { ...looked, on: '2024-06-30' });
    expect(expired.status).toBe('retired');
    expect(expired.why).toBe('expired on 2024-06-29; unclear on 2024-06-30: 2 of 5 left (40 %), base 20 %');
    expect(retestOne(55, 100, { ...looked, on: '2024-09-01' }).status).toBe('confirmed');
  });

  it('is unclear about a fact whose feature the table lacks, and names it', () => {
    const [fact] = retestLedger(ledgerOf([factOn('gone')]), rowsOf({ a: [100, 55] }, 200).rows, looked).facts;
    expect(fact).toMatchObject({
      status: 'confirmed',
      why: 'unclear on 2024-05-01: the table has no column "gone"',
    });
    expect(fact!.retests[0]).toMatchObject({ verdict: 'unclear', figures: { accounts: 0, p: 1 } });
  });

  it('corrects for the number of facts (Holm)', () => {
    // 5 of 8 left beside 20 %: p 0.0101, which is 0.03 among three and 0.06 among six.
    const features = Object.fromEntries('abcdef'.split('').map((name) => [name, [8, 5] as [number, number]]));
    const { rows, figures } = rowsOf(features, 200);
    expect(figures.p * 3).toBeLessThan(0.05);
    expect(figures.p * 6).toBeGreaterThan(0.05);
    const verdicts = (names: string) =>
      retestLedger(ledgerOf(names.split('').map((name) => factOn(name))), rows, looked).facts.map(
        ({ retests }) => retests[0]!.verdict,
      );
    expect(verdicts('abc')).toEqual(['alive', 'alive', 'alive']);
    expect(verdicts('abcdef')).toEqual(Array.from({ length: 6 }, () => 'unclear'));
  });

  it('loses no fact, looks at confirmed ones only, and keeps their order and overlap', () => {
    const failed = factOn('b', 'failed');
    const retired = factOn('c', 'retired');
    const before = ledgerOf(
      [factOn('d'), factOn('a'), factOn('gone'), failed, retired],
      [
        [1, 0.2, 0.3],
        [0.2, 1, 0.4],
        [0.3, 0.4, 1],
      ],
    );
    const copy = structuredClone(before);
    const { rows } = rowsOf({ a: [100, 22], b: [100, 60], c: [50, 40], d: [100, 55] }, 260);
    const after = retestLedger(before, rows, looked);
    expect(before).toEqual(copy);
    expect(ledgerSchema.parse(after)).toEqual(after);
    expect(after.facts.map(({ expression, status }) => `${expression} ${status}`)).toEqual([
      'd >= 1 confirmed',
      'gone >= 1 confirmed',
      'a >= 1 retired',
      'b >= 1 failed',
      'c >= 1 retired',
    ]);
    expect(after.facts.slice(3)).toEqual([failed, retired]);
    expect(after.overlap).toEqual([
      [1, 0.3],
      [0.3, 1],
    ]);
    expect({ ...after, facts: before.facts, overlap: before.overlap }).toEqual(before);
    expect(retestLedger(ledgerOf([]), rows, looked)).toEqual(ledgerOf([]));
  });

  it('refuses data that the ledger has seen, and a day that is none', () => {
    const { rows } = rowsOf({ a: [100, 55] }, 200);
    const ledger = ledgerOf([factOn('a')]);
    const code = expect.objectContaining({ code: 'bad-option' });
    expect(() => retestLedger(ledger, rows, { ...looked, sha256: 'old' })).toThrow(code);
    const once = retestLedger(ledger, rows, looked);
    expect(() => retestLedger(once, rows, { ...looked, on: '2024-05-02' })).toThrow(
      /new\.csv already retested a fact on 2024-05-01/,
    );
    for (const on of ['1 May 2024', '2024-02-30', '2024-13-01', ''])
      expect(() => retestLedger(ledger, rows, { ...looked, on })).toThrow(/needs a day as 2026-11-30/);
  });

  it('has figures conditional on the snapshots', () => {
    const { rows } = rowsOf({ a: [100, 55] }, 200);
    const dated = { ...rows, snapshot: rows.snapshot.map((_, row) => row % 2) };
    const raised = Uint8Array.from({ length: 1_000 }, (_, row) => (row < 100 ? 1 : 0));
    const [fact] = retestLedger(ledgerOf([factOn('a')]), dated, looked).facts;
    expect(fact!.retests[0]!.figures).toEqual(figuresWithin(raised, dated, () => true));
  });
});
