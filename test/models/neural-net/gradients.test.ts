import type { Tensor } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/math/random.js';
import { startAdamW } from '../../../src/models/neural-net/adamw.js';
import { loadBackend } from '../../../src/models/neural-net/backend.js';
import { type Batch, lossGradients } from '../../../src/models/neural-net/gradients.js';
import type { Layer } from '../../../src/models/neural-net/network.js';

const ROWS = 13;
const WIDTHS = [5, 7, 4, 1];

it('agrees with the gradients that TensorFlow.js derives by itself', async () => {
  const { tf } = await loadBackend();
  const random = seededRandom(3);
  const layers = WIDTHS.slice(1).map((outputs, index): Layer => {
    const inputs = WIDTHS[index]!;
    return { inputs, outputs, weights: normals(inputs * outputs, random), biases: normals(outputs, random) };
  });
  const batch = makeBatch(random);

  const before = tf.memory().numTensors;
  const ours = lossGradients(tf, layers, batch);
  expect(tf.memory().numTensors).toBe(before);

  const theirs = tf.tidy(() => {
    const churned = tf.tensor2d(batch.churned, [ROWS, 1]);
    const shares = tf.tensor2d(batch.shares, [ROWS, 1]);
    const loss = (inputs: Tensor, ...parameters: Tensor[]) => {
      let answers = inputs;
      for (let layer = 0; layer < layers.length; layer++) {
        if (layer > 0) answers = tf.relu(answers);
        answers = tf.add(tf.matMul(answers, parameters[2 * layer]!), parameters[2 * layer + 1]!);
      }
      const given = tf.sigmoid(answers);
      const chance = tf.add(tf.mul(churned, given), tf.mul(tf.sub(1, churned), tf.sub(1, given)));
      return tf.neg(tf.sum(tf.mul(shares, tf.log(chance)))).asScalar();
    };
    const parameters = layers.flatMap(({ inputs, outputs, weights, biases }): Tensor[] => [
      tf.tensor2d(weights, [inputs, outputs]),
      tf.tensor1d(biases),
    ]);
    const inputs = tf.tensor2d(batch.inputs, [ROWS, WIDTHS[0]!]);
    return tf
      .grads(loss)([inputs, ...parameters])
      .map((gradient) => gradient.arraySync());
  });
  const flat = [ours.inputs, ...ours.layers.flatMap(({ weights, biases }) => [weights, biases])];
  flat.forEach((gradient, index) => {
    const expected = [theirs[index]].flat(2) as number[];
    expect(gradient).toHaveLength(expected.length);
    for (const [i, slope] of gradient.entries()) expect(slope).toBeCloseTo(expected[i]!, 6);
  });
});

it('steps as tf.train.adam does, and shrinks what decays besides', async () => {
  const { tf } = await loadBackend();
  const values = Float32Array.of(1, -2, 0.5);
  const decaying = Float32Array.of(1, -2, 0.5);
  const moveParameters = startAdamW([
    { values, decays: false },
    { values: decaying, decays: true },
  ]);
  const theirs = tf.variable(tf.tensor1d([1, -2, 0.5]));
  const adam = tf.train.adam(0.1, 0.9, 0.999, 1e-8);
  for (const gradient of [Float32Array.of(1, 0.1, -3), Float32Array.of(-2, 0.2, 0)]) {
    moveParameters([gradient, new Float32Array(3)], 0.1, 0.5);
    tf.tidy(() => adam.applyGradients([{ name: theirs.name, tensor: tf.tensor1d(gradient) }]));
  }
  const expected = theirs.dataSync();
  theirs.dispose();
  adam.dispose();
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i]!, 5);
  // Two steps without a slope: (1 − 0.1 · 0.5)² is left.
  for (const [i, start] of [1, -2, 0.5].entries()) expect(decaying[i]).toBeCloseTo(start * 0.95 ** 2, 6);
});

function normals(length: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => random.normal());
}

function makeBatch(random: Random): Batch {
  const width = WIDTHS[0]!;
  const inputs = normals(ROWS * width, random);
  return {
    rows: ROWS,
    inputs,
    inputsTurned: inputs.map((_, i) => inputs[(i % ROWS) * width + Math.floor(i / ROWS)]!),
    churned: Float32Array.from({ length: ROWS }, () => random.integer(2)),
    shares: Float32Array.from({ length: ROWS }, () => random.uniform() / ROWS),
  };
}
