import type { Random } from '../../math/random.js';
import type { FeatureSpec } from '../../tables/align.js';
import { nineDigits } from './encode.js';
import { type Encoding, inputLayout, inputsOf, type Member } from './model.js';

/** A fully connected layer while it learns: `weights[input * outputs + output]`. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/** A net while it learns. */
export interface Network {
  /** Per feature `rows[level * dimensions + d]`, missing last; empty for a number. */
  readonly embeddings: readonly Float32Array[];
  readonly layers: readonly Layer[];
}

/** Standard deviation of the first embedding entries. */
const EMBEDDING_SPREAD = 0.5;

/** Random weights after He et al. 2015, biases 0; the last bias is the training log-odds. */
export function startNetwork(
  features: readonly FeatureSpec[],
  encodings: readonly Encoding[],
  hiddenUnits: readonly number[],
  logOdds: number,
  random: Random,
): Network {
  const embeddings = features.map((feature, index) =>
    feature.kind === 'number'
      ? new Float32Array(0)
      : normals((feature.levels.length + 1) * inputsOf(encodings[index]!), EMBEDDING_SPREAD, random),
  );
  const widths = [inputLayout(encodings).width, ...hiddenUnits, 1];
  const layers = widths.slice(1).map((outputs, index): Layer => {
    const inputs = widths[index]!;
    const gain = index < hiddenUnits.length ? 2 : 1;
    const weights = normals(inputs * outputs, Math.sqrt(gain / Math.max(inputs, 1)), random);
    return { inputs, outputs, weights, biases: new Float32Array(outputs) };
  });
  layers.at(-1)!.biases[0] = logOdds;
  return { embeddings, layers };
}

function normals(length: number, deviation: number, random: Random): Float32Array {
  return Float32Array.from({ length }, () => random.normal() * deviation);
}

/**
 * The net as a record. Embeddings are moved to have mean 0 over the training rows, the first layer's
 * biases making up for it; levels without a training row, and missing where no cell was, become 0: the
 * average level.
 *
 * @param levelWeights per feature the training weight of each level, missing last; empty for a number
 */
export function recordOf(
  network: Network,
  encodings: readonly Encoding[],
  levelWeights: readonly Float64Array[],
  epochs: number,
): Member {
  const { starts } = inputLayout(encodings);
  const first = network.layers[0]!;
  const shift = Float64Array.from(first.biases);
  const embeddings = network.embeddings.map((rows, feature) => {
    const dimensions = inputsOf(encodings[feature]!);
    const weights = levelWeights[feature]!;
    if (weights.length === 0) return [];
    const mean = meanRow(rows, dimensions, weights);
    mean.forEach((value, d) => {
      const from = (starts[feature]! + d) * first.outputs;
      for (let unit = 0; unit < first.outputs; unit++) shift[unit]! += value * first.weights[from + unit]!;
    });
    return Array.from(weights, (weight, level) =>
      Array.from(mean, (value, d) => (weight > 0 ? nineDigits(rows[level * dimensions + d]! - value) : 0)),
    );
  });
  const layers = network.layers.map((layer, index) => ({
    weights: Array.from({ length: layer.outputs }, (_, unit) =>
      Array.from({ length: layer.inputs }, (_, input) =>
        nineDigits(layer.weights[input * layer.outputs + unit]!),
      ),
    ),
    biases: Array.from(index === 0 ? shift : layer.biases, nineDigits),
  }));
  return { epochs, embeddings, layers };
}

function meanRow(rows: Float32Array, dimensions: number, weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = new Float64Array(dimensions);
  weights.forEach((weight, level) => {
    for (let d = 0; d < dimensions; d++) mean[d]! += (weight / total) * rows[level * dimensions + d]!;
  });
  return mean;
}
