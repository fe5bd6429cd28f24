import { z } from 'zod';
import { type FeatureSpec, featureSpecSchema } from '../../tables/align.js';

/**
 * How a number enters the net: as several inputs, each a broken line over `knots`, level beyond the first
 * and the last. Their weighted mean over the training rows is 0.
 */
const numberEncodingSchema = z.strictObject({
  kind: z.literal('number'),
  /** Increasing values; none when the training rows held no number. */
  knots: z.array(z.number()),
  /** `codes[knot][input]`. */
  codes: z.array(z.array(z.number())),
  /** The inputs of a missing value. */
  missing: z.array(z.number()),
});

/** How a category enters the net: as a row of numbers that the net learns for each level. */
const categoryEncodingSchema = z.strictObject({
  kind: z.literal('category'),
  dimensions: z.int().min(1),
});

export const encodingSchema = z.discriminatedUnion('kind', [numberEncodingSchema, categoryEncodingSchema]);

/** One fully connected layer; all but a net's last cut their answers off below 0 (ReLU). */
export const layerSchema = z.strictObject({
  /** `weights[unit][input]`, a float32 in at most nine digits. */
  weights: z.array(z.array(z.number())).min(1),
  /** One per unit. */
  biases: z.array(z.number()),
});

/** One net. */
export const memberSchema = z.strictObject({
  /** Epochs that it learned for. */
  epochs: z.int().min(1),
  /**
   * `embeddings[feature][level]` is a category level's row; one more row follows for missing cells and
   * levels that had no training row. Empty for a number. The weighted mean over the training rows is 0.
   */
  embeddings: z.array(z.array(z.array(z.number()))),
  /** From the inputs, in feature order, to one unit that gives the score in log-odds. */
  layers: z.array(layerSchema).min(2),
});

/** A neural net over embedded categories and encoded numbers: the mean score of one or more `members`. */
export const neuralNetSchema = z
  .strictObject({
    kind: z.literal('neural-net'),
    features: z.array(featureSpecSchema).min(1),
    /** What it was trained on: `tfjs-node`, `tfjs-wasm` or `tfjs-cpu`. */
    backend: z.enum(['tfjs-node', 'tfjs-wasm', 'tfjs-cpu']),
    /** One per feature. */
    encodings: z.array(encodingSchema),
    members: z.array(memberSchema).min(1),
  })
  .superRefine((net, context) => {
    const fault = encodingFault(net.features, net.encodings);
    if (fault) context.addIssue({ code: 'custom', path: ['encodings'], message: fault });
    else {
      net.members.forEach((member, index) => {
        const message = memberFault(net.features, net.encodings, member);
        if (message) context.addIssue({ code: 'custom', path: ['members', index], message });
      });
    }
  });

export type NumberEncoding = z.infer<typeof numberEncodingSchema>;
export type Encoding = z.infer<typeof encodingSchema>;
export type LayerRecord = z.infer<typeof layerSchema>;
export type Member = z.infer<typeof memberSchema>;
export type FittedNeuralNet = z.infer<typeof neuralNetSchema>;

/** How many of the net's inputs a feature takes. */
export function inputsOf(encoding: Encoding): number {
  return encoding.kind === 'number' ? encoding.missing.length : encoding.dimensions;
}

/** The first input of each feature, and how many there are in all. */
export function inputLayout(encodings: readonly Encoding[]): { starts: number[]; width: number } {
  let width = 0;
  const starts = encodings.map((encoding) => {
    const start = width;
    width += inputsOf(encoding);
    return start;
  });
  return { starts, width };
}

function encodingFault(features: readonly FeatureSpec[], encodings: readonly Encoding[]): string | null {
  if (encodings.length !== features.length) {
    return `${features.length} features with ${encodings.length} encodings`;
  }
  for (const [index, encoding] of encodings.entries()) {
    const { name, kind } = features[index]!;
    if (encoding.kind !== kind) return `"${name}" is a ${kind} with the encoding of a ${encoding.kind}`;
    if (encoding.kind === 'category') continue;
    const { knots, codes, missing } = encoding;
    if (knots.some((knot, k) => k > 0 && knot <= knots[k - 1]!)) return `knots of "${name}" do not increase`;
    if (!isGrid(codes, knots.length, missing.length)) return `codes of "${name}" do not fit its knots`;
  }
  return null;
}

function memberFault(
  features: readonly FeatureSpec[],
  encodings: readonly Encoding[],
  { embeddings, layers }: Member,
): string | null {
  const embedded = encodings.every((encoding, index) => {
    const feature = features[index]!;
    return isGrid(
      embeddings[index] ?? [],
      feature.kind === 'category' ? feature.levels.length + 1 : 0,
      inputsOf(encoding),
    );
  });
  if (!embedded || embeddings.length !== features.length) return 'embeddings do not fit the features';
  let inputs = inputLayout(encodings).width;
  for (const { weights, biases } of layers) {
    if (!isGrid(weights, biases.length, inputs)) return 'a layer does not fit the one before it';
    inputs = biases.length;
  }
  return inputs === 1 ? null : `the last layer has ${inputs} units where 1 is needed`;
}

function isGrid(rows: readonly (readonly number[])[], height: number, width: number): boolean {
  return rows.length === height && rows.every((row) => row.length === width);
}
