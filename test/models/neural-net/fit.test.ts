import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { sigmoid, type TrainingSet } from '../../../src/models/model.js';
import { loadBackend } from '../../../src/models/neural-net/backend.js';
import { contributionsNeuralNet } from '../../../src/models/neural-net/contributions.js';
import { fitNeuralNet } from '../../../src/models/neural-net/fit.js';
import { neuralNetSchema } from '../../../src/models/neural-net/model.js';
import { predictNeuralNet } from '../../../src/models/neural-net/predict.js';
import { makeTable } from '../../../src/tables/table.js';
import { describeModelLaws, lawTrainingSet } from '../../laws/model-laws.js';

describeModelLaws('neural net', {
  // One batch of all rows, where weights and repeated rows agree up to float32 rounding.
  fit: (train, random) =>
    fitNeuralNet(train, { epochs: 20, batchSize: 1000, members: 2, seed: random.integer(2 ** 31) }),
  predict: predictNeuralNet,
  schema: neuralNetSchema,
  contributions: contributionsNeuralNet,
  weightsWithin: 1e-3,
});

describe('fitNeuralNet', () => {
  it('learns that exactly one of two conditions means leaving, which no sum of effects can say', async () => {
    const train = exclusiveOr(600);
    const fitted = await fitNeuralNet(train, { epochs: 40, seed: 1 });
    const test = exclusiveOr(300, 9);
    const right = predictNeuralNet(fitted, test.table).filter(
      (score, row) => score > 0 === (test.churned[row] === 1),
    );
    expect(right.length / 300).toBeGreaterThan(0.95);
  });

  it('repeats itself to the bit, and gives another net for another seed', async () => {
    const train = lawTrainingSet(500, seededRandom(2));
    const options = { epochs: 3, batchSize: 64, seed: 4 };
    const [first, again, other] = [
      await fitNeuralNet(train, options),
      await fitNeuralNet(train, options),
      await fitNeuralNet(train, { ...options, seed: 5 }),
    ];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('leaves no tensor behind and lets other work run meanwhile', async () => {
    const { tf } = await loadBackend();
    const train = lawTrainingSet(800, seededRandom(2));
    const before = tf.memory();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await fitNeuralNet(train, { epochs: 10, batchSize: 16, validation: train });
    clearInterval(timer);
    expect(tf.memory().numTensors).toBe(before.numTensors);
    expect(tf.memory().numBytes).toBe(before.numBytes);
    expect(turns).toBeGreaterThan(5);
  });

  it('keeps the epoch that suits the validation rows best, and stops when none comes', async () => {
    const train = lawTrainingSet(200, seededRandom(2));
    const validation = lawTrainingSet(2000, seededRandom(3));
    const options = { epochs: 200, l2: 0, seed: 1 };
    const stopped = await fitNeuralNet(train, { ...options, validation });
    const full = await fitNeuralNet(train, options);
    expect(stopped.members[0]!.epochs).toBeLessThan(100);
    expect(full.members[0]!.epochs).toBe(200);
    const loss = (fitted: typeof full) =>
      predictNeuralNet(fitted, validation.table).reduce(
        (sum, score, row) => sum - Math.log(sigmoid(validation.churned[row] === 1 ? score : -score)),
        0,
      ) / 2000;
    expect(loss(stopped)).toBeLessThan(loss(full) - 0.1);
  });

  it('scores the mean of its members', async () => {
    const train = lawTrainingSet(200, seededRandom(2));
    const both = await fitNeuralNet(train, { epochs: 2, members: 2 });
    const alone = both.members.map((member) => predictNeuralNet({ ...both, members: [member] }, train.table));
    const mean = alone[0]!.map((score, row) => (score + alone[1]![row]!) / 2);
    const apart = predictNeuralNet(both, train.table).map((score, row) => Math.abs(score - mean[row]!));
    expect(Math.max(...apart)).toBeLessThan(1e-12);
  });

  it('scores a level without training rows, and missing where no cell was, as the average level', async () => {
    const train = lawTrainingSet(300, seededRandom(2));
    const plan = { kind: 'category' as const, name: 'plan', levels: ['A', 'B', 'never'] };
    const codes = Int32Array.from(train.churned, (churned, row) => (row % 5 === 0 ? 1 - churned : churned));
    const fitted = await fitNeuralNet({ ...train, table: makeTable([{ ...plan, codes }]) }, { epochs: 5 });
    const [a, b, never, missing] = predictNeuralNet(
      fitted,
      makeTable([{ ...plan, codes: Int32Array.of(0, 1, 2, -1) }]),
    );
    expect(never).toBe(missing);
    expect(never).toBeGreaterThan(a!);
    expect(never).toBeLessThan(b!);
  });

  it('refuses a table without columns and settings out of bounds', async () => {
    const train = lawTrainingSet(50, seededRandom(2));
    const empty: TrainingSet = { ...train, table: makeTable([], 50) };
    await expect(fitNeuralNet(empty)).rejects.toMatchObject({ code: 'bad-table' });
    for (const options of [
      { epochs: 0 },
      { learningRate: NaN },
      { batchSize: 1.5 },
      { hiddenUnits: [] },
      { hiddenUnits: [8, 0] },
    ]) {
      await expect(fitNeuralNet(train, options)).rejects.toMatchObject({ code: 'bad-option' });
    }
  });
});

describe('neuralNetSchema', () => {
  it('refuses a record whose parts do not fit each other', async () => {
    const fitted = await fitNeuralNet(lawTrainingSet(60, seededRandom(2)), { epochs: 1, hiddenUnits: [3] });
    const broken: ((copy: typeof fitted) => unknown)[] = [
      (copy) => copy.encodings.pop(),
      (copy) => copy.features.reverse(),
      (copy) => copy.members[0]!.layers[0]!.weights[1]!.pop(),
      (copy) => copy.members[0]!.layers[0]!.biases.pop(),
      (copy) => copy.members[0]!.embeddings[5]!.pop(),
      (copy) => copy.members[0]!.layers.push({ weights: [[1], [1]], biases: [0, 0] }),
      (copy) => copy.encodings[0]!.kind === 'number' && copy.encodings[0]!.knots.reverse(),
      (copy) => copy.encodings[0]!.kind === 'number' && copy.encodings[0]!.codes[0]!.push(1),
    ];
    for (const breakIt of broken) {
      const copy = structuredClone(fitted);
      breakIt(copy);
      expect(neuralNetSchema.safeParse(copy).success, String(breakIt)).toBe(false);
    }
  });
});

/** Leaves exactly when one of two balanced conditions holds. */
function exclusiveOr(rows: number, seed = 8): TrainingSet {
  const random = seededRandom(seed);
  const idle = Float64Array.from({ length: rows }, () => random.uniform());
  const plan = Int32Array.from({ length: rows }, () => random.integer(2));
  return {
    table: makeTable([
      { kind: 'number', name: 'idle', values: idle },
      { kind: 'category', name: 'plan', codes: plan, levels: ['Monthly', 'Yearly'] },
    ]),
    churned: Uint8Array.from(idle, (value, row) => (value > 0.5 ? 1 : 0) ^ plan[row]!),
    weights: null,
  };
}
