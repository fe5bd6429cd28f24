import type { Tensor2D } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { loadBackend } from '../../../src/models/neural-net/backend.js';
import { contributionsNeuralNet } from '../../../src/models/neural-net/contributions.js';
import { locateColumns } from '../../../src/models/neural-net/encode.js';
import { fitNeuralNet } from '../../../src/models/neural-net/fit.js';
import type { FittedNeuralNet } from '../../../src/models/neural-net/model.js';
import { predictNeuralNet } from '../../../src/models/neural-net/predict.js';
import { makeTable, type Table } from '../../../src/tables/table.js';
import { lawTrainingSet } from '../../laws/model-laws.js';

it('agrees with the same net run by TensorFlow.js from the record', async () => {
  const { tf } = await loadBackend();
  // More rows than one block holds; odd widths, so that the last units go one at a time.
  const train = lawTrainingSet(700, seededRandom(2));
  const fitted = await fitNeuralNet(train, { epochs: 5, hiddenUnits: [9, 6, 3] });
  const inputs = inputsOf(fitted, train.table);
  const theirs = tf.tidy(() => {
    const { layers } = fitted.members[0]!;
    let answers: Tensor2D = tf.tensor2d(inputs);
    layers.forEach(({ weights, biases }, index) => {
      answers = tf.add(tf.matMul(answers, tf.tensor2d(weights), false, true), tf.tensor1d(biases));
      if (index < layers.length - 1) answers = tf.relu(answers);
    });
    return Array.from(answers.dataSync());
  });
  const apart = predictNeuralNet(fitted, train.table).map((score, row) => Math.abs(score - theirs[row]!));
  expect(Math.max(...apart)).toBeLessThan(1e-5);
});

describe('contributionsNeuralNet', () => {
  // score = 3 + 4·relu(x + y − 1) + 2·z, over inputs that the encodings pass through unchanged.
  const passThrough = {
    kind: 'number' as const,
    knots: [-10, 10],
    codes: [[-10], [10]],
    missing: [0],
  };
  const product: FittedNeuralNet = {
    kind: 'neural-net',
    features: ['x', 'y', 'z'].map((name) => ({ kind: 'number', name })),
    backend: 'tfjs-cpu',
    encodings: [passThrough, passThrough, passThrough],
    members: [
      {
        epochs: 1,
        embeddings: [[], [], []],
        layers: [
          {
            weights: [
              [1, 1, 0],
              [0, 0, 1],
              [0, 0, -1],
            ],
            biases: [-1, 0, 0],
          },
          { weights: [[4, 2, -2]], biases: [3] },
        ],
      },
    ],
  };

  it('by hand: halves what two features do together, gives a third all of its own', () => {
    const table = makeTable(
      ['x', 'y', 'z'].map((name, i) => ({
        kind: 'number' as const,
        name,
        values: Float64Array.of([1, 1, 5][i]!, [0, 0, -2][i]!),
      })),
    );
    expect([...predictNeuralNet(product, table)]).toEqual([17, -1]);
    const { baseline, values } = contributionsNeuralNet(product, table);
    expect(baseline).toBe(3);
    expect([...values]).toEqual([2, 2, 10, 0, 0, -4]);
  });

  it('pushes an account of typical inputs nowhere', async () => {
    const train = lawTrainingSet(300, seededRandom(2));
    const fitted = await fitNeuralNet(train, { epochs: 5 });
    const typical = makeTable([
      { kind: 'category', name: 'plan', codes: Int32Array.of(-1), levels: [] },
      ...train.table.columns
        .filter(({ name }) => name !== 'plan')
        .map((column) =>
          column.kind === 'number'
            ? { ...column, values: Float64Array.of(7) }
            : { ...column, codes: Int32Array.of(-1) },
        ),
    ]);
    const { features, values } = contributionsNeuralNet(fitted, typical);
    // `plan` had no missing cell, `same` no other value and `tier` no other level.
    for (const name of ['plan', 'same', 'tier']) expect(values[features.indexOf(name)]).toBe(0);
    expect(Math.abs(values[features.indexOf('tenure')]!)).toBeGreaterThan(0.1);
  });
});

/** Every row's inputs, straight from the record. */
function inputsOf({ encodings, members }: FittedNeuralNet, table: Table): number[][] {
  const columns = locateColumns(encodings, table);
  return Array.from({ length: table.rows }, (_, row) =>
    encodings.flatMap((encoding, feature) => {
      const place = columns[feature]![row]!;
      if (encoding.kind === 'category') return members[0]!.embeddings[feature]![place]!;
      if (place === encoding.knots.length) return encoding.missing;
      const [here, next] = [encoding.codes[Math.floor(place)]!, encoding.codes[Math.ceil(place)]!];
      return here.map((code, i) => code + (place - Math.floor(place)) * (next[i]! - code));
    }),
  );
}
