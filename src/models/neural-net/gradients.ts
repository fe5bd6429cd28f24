import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { TensorFlow } from './backend.js';
import type { Layer } from './network.js';

/** Rows for one step. */
export interface Batch {
  readonly rows: number;
  /** `inputs[row * width + input]`. */
  readonly inputs: Float32Array;
  /** The same turned: `inputsTurned[input * rows + row]`. */
  readonly inputsTurned: Float32Array;
  /** Outcome of each row, 0 or 1. */
  readonly churned: Float32Array;
  /** What each row's log loss counts; they sum to about 1. */
  readonly shares: Float32Array;
}

/** Slopes of the batch's loss, laid out as what they are slopes of. */
export interface Gradients {
  readonly inputs: Float32Array;
  readonly layers: readonly { readonly weights: Float32Array; readonly biases: Float32Array }[];
}

/**
 * How the weighted log loss of a batch changes with every weight, bias and input.
 *
 * Written out rather than left to `tf.grads`, with which it agrees: half the time, because the
 * WebAssembly backend multiplies by a transposed matrix about five times slower than by one that was
 * turned beforehand, and because no tape is kept.
 */
export function lossGradients(tf: TensorFlow, layers: readonly Layer[], batch: Batch): Gradients {
  const slopes = tf.tidy(() => slopesOf(tf, layers, batch));
  // Read outside of `tidy`, which would walk through whatever it returns, number by number.
  const read = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();
  const gradients = {
    inputs: read(slopes.inputs),
    layers: slopes.layers.map(({ weights, biases }) => ({ weights: read(weights), biases: read(biases) })),
  };
  tf.dispose(slopes);
  return gradients;
}

function slopesOf(tf: TensorFlow, layers: readonly Layer[], batch: Batch) {
  const width = layers[0]!.inputs;
  const weights = layers.map((layer) => tf.tensor2d(layer.weights, [layer.inputs, layer.outputs]));
  const answers: Tensor2D[] = [tf.tensor2d(batch.inputs, [batch.rows, width])];
  layers.forEach(({ biases }, index) => {
    const activation = index < layers.length - 1 ? 'relu' : 'linear';
    const [a, b, bias] = [answers[index]!, weights[index]!, tf.tensor1d(biases)];
    answers.push(tf.fused.matMul({ a, b, bias, activation }) as Tensor2D);
  });
  const shares = tf.tensor2d(batch.shares, [batch.rows, 1]);
  const churned = tf.tensor2d(batch.churned, [batch.rows, 1]);
  let slopes: Tensor2D = tf.mul(shares, tf.sub(tf.sigmoid(answers.at(-1)!), churned));

  const found: { weights: Tensor; biases: Tensor }[] = [];
  for (let index = layers.length - 1; index >= 0; index--) {
    const turned =
      index === 0 ? tf.tensor2d(batch.inputsTurned, [width, batch.rows]) : tf.transpose(answers[index]!);
    found.unshift({ weights: tf.matMul(turned, slopes), biases: tf.sum(slopes, 0) });
    const back: Tensor2D = tf.matMul(slopes, tf.transpose(weights[index]!));
    slopes = index === 0 ? back : tf.mul(back, tf.step(answers[index]!));
  }
  return { inputs: slopes, layers: found };
}
