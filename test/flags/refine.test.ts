import { describe, expect, it } from 'vitest';
import { parseFlag, writeFlag } from '../../src/flags/expression.js';
import { refineThresholds } from '../../src/flags/refine.js';
import { factWorld } from './fact-world.js';

const world = factWorld({ seed: 1, accounts: 6_000 }, ({ a, b }) => (a && b ? 0.5 : 0.15));
const rows = { table: world.table, churned: world.churned, snapshot: new Int32Array(6_000) };
const refined = (text: string, least = 40) => writeFlag(refineThresholds(parseFlag(text), rows, least));

describe('refineThresholds', () => {
  it('moves thresholds to where the fact begins, from either side', () => {
    expect(refined('a >= 17 and b >= 24')).toBe('a >= 20 and b >= 20');
    expect(refined('a > 24 and b > 15')).toBe('a >= 20 and b >= 20');
  });

  it('leaves alone what has no threshold, and what is strongest already', () => {
    expect(refined('a >= 20 and b >= 20')).toBe('a >= 20 and b >= 20');
    expect(refined('stage is renew and noise_4 is missing')).toBe('stage is renew and noise_4 is missing');
  });

  it('does not go below the fewest rows', () => {
    const flag = refineThresholds(parseFlag('a >= 10 and b >= 10'), rows, 2_000);
    const raised = flag.conditions.map(({ feature }) => feature);
    expect(raised).toEqual(['a', 'b']);
    expect(writeFlag(flag)).not.toBe('a >= 20 and b >= 20');
  });
});
