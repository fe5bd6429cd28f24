import { expect, it } from 'vitest';
import { scoreLoss } from '../../../src/math/log-loss.js';
import { seededRandom } from '../../../src/math/random.js';
import { loadBackend } from '../../../src/models/neural-net/backend.js';
import { batchMaker, embeddingGradients } from '../../../src/models/neural-net/batch.js';
import { learnEncodings, locateColumns } from '../../../src/models/neural-net/encode.js';
import { lossGradients } from '../../../src/models/neural-net/gradients.js';
import { recordOf, startNetwork } from '../../../src/models/neural-net/network.js';
import { memberScores } from '../../../src/models/neural-net/predict.js';
import { featureSpecs } from '../../../src/tables/align.js';
import { lawTrainingSet } from '../../laws/model-laws.js';

/** Where `lawTrainingSet` has its categories. */
const PLAN = 5;
const REGION = 6;

it('gives slopes that the loss of the recorded net follows, embeddings and weights alike', async () => {
  const { tf } = await loadBackend();
  const { table, churned } = lawTrainingSet(60, seededRandom(4));
  const encodings = learnEncodings(table, null);
  const columns = locateColumns(encodings, table);
  const weights = Float64Array.from(churned, (_, row) => (row % 3) + 0.5);
  const training = { encodings, columns, churned, weights };
  const network = startNetwork(featureSpecs(table), encodings, [6, 3], 0.3, seededRandom(6));
  // Away from 0, where a unit without inputs would stand on the bend of its ReLU.
  for (const { biases } of network.layers) biases.fill(0.1);
  const levelWeights = network.embeddings.map((rows, feature) => {
    const encoding = encodings[feature]!;
    return new Float64Array(encoding.kind === 'category' ? rows.length / encoding.dimensions : 0).fill(1);
  });
  const all = Int32Array.from(churned.keys());

  const { inputs, layers } = lossGradients(tf, network.layers, batchMaker(training)(network, all));
  const embeddings = embeddingGradients(training, network, all, inputs);

  const loss = () =>
    memberScores(encodings, recordOf(network, encodings, levelWeights, 1), table).reduce(
      (sum, score, row) => sum + (weights[row]! / 60) * scoreLoss(score, churned[row]!),
      0,
    );
  // Small, so that no unit of any row crosses 0 on the way.
  const slope = (values: Float32Array, at: number) => {
    const value = values[at]!;
    const lossAt = (moved: number) => {
      values[at] = moved;
      return loss();
    };
    const difference = lossAt(value + 1e-4) - lossAt(value - 1e-4);
    values[at] = value;
    return difference / 2e-4;
  };
  const found: number[] = [];
  const expected: number[] = [];
  for (const feature of [PLAN, REGION]) {
    for (let at = 0; at < network.embeddings[feature]!.length; at++) {
      found.push(embeddings[feature]![at]!);
      expected.push(slope(network.embeddings[feature]!, at));
    }
  }
  for (const [index, layer] of network.layers.entries()) {
    found.push(layers[index]!.weights[1]!, layers[index]!.biases[0]!);
    expected.push(slope(layer.weights, 1), slope(layer.biases, 0));
  }
  expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.05);
  for (const [index, value] of found.entries()) expect(value).toBeCloseTo(expected[index]!, 3);
});
