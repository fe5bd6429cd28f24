import { describe, expect, it } from 'vitest';
import { meanLogLoss } from '../../../src/math/log-loss.js';
import { seededRandom } from '../../../src/math/random.js';
import { combineScores, selectEnsemble } from '../../../src/models/ensemble/ensemble.js';
import { sigmoid } from '../../../src/models/model.js';

/** A true score in two halves; each candidate sees one half, with noise. */
function world(rows: number, seed: number) {
  const random = seededRandom(seed);
  const draw = () => Float64Array.from({ length: rows }, () => random.normal());
  const [first, second, noise] = [draw(), draw(), draw()];
  const churned = Uint8Array.from(first, (a, row) =>
    random.uniform() < sigmoid(2 * a + 2 * second[row]! - 1) ? 1 : 0,
  );
  return { first: first.map((a) => 2 * a - 1), second: second.map((b) => 2 * b - 1), noise, churned };
}
const weightsOf = (choice: ReturnType<typeof selectEnsemble>) =>
  Object.fromEntries(choice.weights.map(({ name, weight }) => [name, weight]));

describe('selectEnsemble', () => {
  it('joins two models that know different things, and leaves noise out', () => {
    const { first, second, noise, churned } = world(3000, 1);
    const candidates = [
      { name: 'noise', scores: noise },
      { name: 'first', scores: first },
      { name: 'second', scores: second },
    ];
    const choice = selectEnsemble(candidates, churned);
    const weights = weightsOf(choice);
    expect(weights['noise']).toBe(0);
    expect(weights['first']! + weights['second']!).toBeCloseTo(1, 12);
    expect(Math.min(weights['first']!, weights['second']!)).toBeGreaterThan(0.3);
    for (const { scores } of candidates) {
      expect(choice.logLoss).toBeLessThan(selectEnsemble([{ name: 'alone', scores }], churned).logLoss);
    }
  });

  it('finds equal halves, though their mean is too timid to beat either as it stands', () => {
    const { first, second, churned } = world(20_000, 2);
    const { weights, logLoss } = selectEnsemble(
      [
        { name: 'first', scores: first },
        { name: 'second', scores: second },
      ],
      churned,
    );
    expect(weights[0]!.weight).toBeCloseTo(0.5, 1);
    const truth = first.map((a, row) => a + second[row]! + 1);
    expect(logLoss).toBeCloseTo(meanLogLoss(truth.map(sigmoid), churned, null), 3);
  });

  it('does not care how bold a candidate is', () => {
    const { first, second, churned } = world(1000, 4);
    const weightsAt = (boldness: number) =>
      selectEnsemble([{ name: 'first', scores: first.map((s) => boldness * s + 3) }], churned).logLoss;
    expect(weightsAt(5)).toBeCloseTo(weightsAt(1), 4);
    expect(weightsAt(80)).toBeCloseTo(weightsAt(1), 4);
    const falling = selectEnsemble([{ name: 'falling', scores: second.map((s) => -s) }], churned);
    const rate = churned.reduce((sum, y) => sum + y, 0) / 1000;
    expect(falling.logLoss).toBeCloseTo(-rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate), 4);
  });

  it('treats a row of weight 2 as two rows, and weight 0 as none', () => {
    const { first, second, churned } = world(600, 5);
    const weights = Float64Array.from(churned, (_, row) => row % 3);
    const repeated = [...weights].flatMap((weight, row) => new Array<number>(weight).fill(row));
    const pick = (scores: Float64Array) => Float64Array.from(repeated, (row) => scores[row]!);
    const byRows = selectEnsemble(
      [
        { name: 'first', scores: pick(first) },
        { name: 'second', scores: pick(second) },
      ],
      Uint8Array.from(repeated, (row) => churned[row]!),
    );
    const byWeight = selectEnsemble(
      [
        { name: 'first', scores: first },
        { name: 'second', scores: second },
      ],
      churned,
      { weights },
    );
    expect(byWeight.weights).toEqual(byRows.weights);
    expect(byWeight.logLoss).toBeCloseTo(byRows.logLoss, 9);
  });

  it('stays with one model where a second adds nothing but chance', () => {
    let joined = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { first, second, churned } = world(300, seed);
      const random = seededRandom(seed + 1000);
      const both = first.map((a, row) => a + second[row]! + 1);
      const shaky = both.map((score) => score + 0.5 * random.normal());
      const { weights } = selectEnsemble(
        [
          { name: 'model', scores: both },
          { name: 'shaky', scores: shaky },
        ],
        churned,
      );
      if (weights.filter(({ weight }) => weight > 0).length > 1) joined++;
    }
    expect(joined).toBeLessThan(16);
  });

  it('does not depend on the order of the candidates', () => {
    const { first, second, churned } = world(500, 3);
    const a = { name: 'a', scores: first };
    const b = { name: 'b', scores: second };
    expect(weightsOf(selectEnsemble([a, b], churned))).toEqual(weightsOf(selectEnsemble([b, a], churned)));
  });

  it('refuses scores of another length', () => {
    expect(() => selectEnsemble([{ name: 'a', scores: new Float64Array(3) }], new Uint8Array(4))).toThrow(
      /3 scores for 4 outcomes/,
    );
  });
});

describe('combineScores', () => {
  it('is the weighted sum, row by row', () => {
    expect([...combineScores([0.25, 0.75], [Float64Array.of(1, 2), Float64Array.of(-1, 4)])]).toEqual([
      -0.5, 3.5,
    ]);
  });
});
