import { beforeAll, describe, expect, it } from 'vitest';
import { parseFlag } from '../../src/flags/expression.js';
import { raisedBy } from '../../src/flags/flag.js';
import { type Ledger, ledgerSchema } from '../../src/flags/ledger.js';
import { findIn, shuffled } from './find-in.js';
import { jaccard, seedWorld } from './seed-world.js';

const world = seedWorld({ seed: 1 });
const small = seedWorld({ seed: 2, accounts: 6_000, members: 240, noise: 5 });
const confirmed = ({ facts }: Ledger) => facts.filter(({ status }) => status === 'confirmed');

describe('findFlags in the seed world', () => {
  let ledger: Ledger;
  beforeAll(async () => {
    ledger = await findIn(world, { seed: 1, permutations: 255 });
  }, 60_000);

  it('finds three harmless signs that together mean leaving, confirms them and ranks them first', () => {
    const [first] = confirmed(ledger);
    expect(jaccard(raisedBy(first!, world.table), world.truth)).toBeGreaterThanOrEqual(0.9);
    expect(first!.singles.map(({ figures }) => figures.rate < figures.baseRate)).toEqual([true, true, true]);
    expect(first!.confirmation.low).toBeGreaterThan(0.3);
    expect(first!.discovery.correctedP).toBeLessThanOrEqual(0.2);
  });

  it('publishes only what is true of the world: the fact, and who shows none of its signs', () => {
    for (const { conditions } of confirmed(ledger)) {
      expect(conditions.map(({ feature }) => feature)).not.toContainEqual(expect.stringContaining('noise'));
    }
  });

  it.each([70, 300])('ranks the fact first when %i accounts can be contacted', async (capacity) => {
    const ranked = await findIn(small, { seed: 1, permutations: 127, capacity });
    expect(jaccard(raisedBy(confirmed(ranked)[0]!, small.table), small.truth)).toBeGreaterThanOrEqual(0.9);
  });

  it('writes down what its schema says, with every part in its place', () => {
    expect(ledgerSchema.parse(JSON.parse(JSON.stringify(ledger)))).toEqual(ledger);
    expect(ledger.discovery.rows + ledger.confirmation.rows).toBe(20_000);
    expect(ledger.search).toMatchObject({ depth: 3, permutations: 255, complete: true });
    expect(ledger.overlap.length).toBe(confirmed(ledger).length);
    for (const { expression, conditions } of ledger.facts) {
      expect(parseFlag(expression)).toEqual({ conditions });
    }
  });
});

describe('findFlags', () => {
  it('publishes nothing when outcomes are dealt anew', async () => {
    for (const seed of [1, 2, 3]) {
      expect(confirmed(await findIn(shuffled(small, seed), { seed, permutations: 127 }))).toEqual([]);
    }
  });

  it('says the same for the same seed', async () => {
    const once = await findIn(small, { seed: 5, permutations: 127 });
    expect(await findIn(small, { seed: 5, permutations: 127 })).toEqual(once);
    expect(confirmed(once).length).toBeGreaterThan(0);
  });

  it('sets aside who raises what is handled, and then has nothing left to find there', async () => {
    const handled = [parseFlag('days_since_login >= 14 and cases_28d > 10')];
    const ledger = await findIn(small, { seed: 5, permutations: 127, handled });
    const gone = raisedBy(handled[0]!, small.table).reduce((sum, one) => sum + one, 0);
    expect(ledger.handled).toMatchObject([{ accounts: gone }]);
    expect(ledger.discovery.rows + ledger.confirmation.rows).toBe(6_000 - gone);
    for (const fact of confirmed(ledger)) {
      expect(jaccard(raisedBy(fact, small.table), small.truth)).toBeLessThan(0.1);
    }
  });

  it('confirms a flag of the user’s own, and says why another fails', async () => {
    const own = ['days_since_login >= 14 and cases_28d > 10 and csat < 5', 'csat < 3'].map(parseFlag);
    const { facts } = await findIn(small, { seed: 5, depth: 1, own });
    expect(facts.map(({ status }) => status)).toEqual(['confirmed', 'failed']);
    expect(facts[1]!.why).toMatch(/^failed: .*base/);
  });

  it('looks at single conditions alone with depth 1', async () => {
    const ledger = await findIn(small, { seed: 5, depth: 1 });
    expect(ledger.facts).toEqual([]);
    expect(ledger.search.candidates).toBe(0);
    expect(ledger.triggers.length).toBe(ledger.search.conditions);
  });

  it('finds it under Benjamini and Yekutieli’s correction too', async () => {
    const ledger = await findIn(small, { seed: 5, correction: 'benjamini-yekutieli' });
    expect(jaccard(raisedBy(confirmed(ledger)[0]!, small.table), small.truth)).toBeGreaterThanOrEqual(0.9);
    expect(ledger.search.permutations).toBe(0);
  });

  it('confirms what a stopped search has found, and says that it was stopped', async () => {
    const stop = new AbortController();
    const ledger = await findIn(small, {
      seed: 5,
      signal: stop.signal,
      onProgress: (label) => {
        if (label.startsWith('Counting')) stop.abort();
      },
    });
    expect(ledger.search).toMatchObject({ complete: true, permutations: 0 });
    expect(jaccard(raisedBy(confirmed(ledger)[0]!, small.table), small.truth)).toBeGreaterThanOrEqual(0.9);
  });

  it('goes less deep where it has to', async () => {
    const { search } = await findIn(small, { seed: 5, permutations: 127, mostWork: 1e6 });
    expect(search.depth).toBe(2);
  });

  it.each([
    [{ depth: 5 }, /depth must be a whole number from 1 to 4, found 5/],
    [{ capacity: 0 }, /capacity must be/],
    [{ permutations: 1.5 }, /permutations must be/],
    [{ least: 0 }, /least accounts must be/],
  ])('refuses %j', async (options, message) => {
    await expect(findIn(small, { seed: 1, ...options })).rejects.toThrow(message);
  });

  it('names the column that a handled flag asks for in vain', async () => {
    await expect(findIn(small, { seed: 1, handled: [parseFlag('csta < 5')] })).rejects.toThrow(/csta.*csat/);
  });
});
