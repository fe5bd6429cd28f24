import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { holdBackLatest, holdBackStratified } from '../../src/splits/held-back.js';

const DAY = 86_400_000;

describe('holdBackStratified', () => {
  it('keeps a fifth of rows and of churners aside, every row on one side', () => {
    const churned = Uint8Array.from({ length: 500 }, (_, row) => (row < 100 ? 1 : 0));
    const { training, heldBack } = holdBackStratified(churned, null, seededRandom(5));
    expect([...training, ...heldBack].sort((a, b) => a - b)).toEqual([...churned.keys()]);
    expect(heldBack.length).toBe(100);
    expect(heldBack.filter((row) => churned[row] === 1).length).toBe(20);
  });
});

describe('holdBackLatest', () => {
  it('cuts at an instant: nothing held back is earlier than anything learned from', () => {
    const time = Float64Array.from({ length: 100 }, (_, row) => ((row * 37) % 50) * DAY);
    const { training, heldBack, heldBackFrom } = holdBackLatest(time, null);
    expect(Math.max(...Array.from(training, (row) => time[row]!))).toBeLessThan(heldBackFrom!);
    expect(Math.min(...Array.from(heldBack, (row) => time[row]!))).toBe(heldBackFrom);
    expect(heldBack.length).toBe(20);
  });

  it('judges a group that spans the cut on no row', () => {
    const time = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    const groups = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 0, 9);
    const { training, heldBack } = holdBackLatest(time, groups);
    expect([...heldBack]).toEqual([9]);
    expect([...training]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('moves the cut when most rows share the first instant', () => {
    const time = Float64Array.from({ length: 10 }, (_, row) => (row < 9 ? 0 : DAY));
    expect([...holdBackLatest(time, null).heldBack]).toEqual([9]);
  });

  it('says what is missing when there is one instant', () => {
    expect(() => holdBackLatest(new Float64Array(10), null)).toThrow(
      /needs two instants, found 1 \(1970-01-01\)/,
    );
  });
});
