import type { LocatedColumns } from './encode.js';
import type { Batch } from './gradients.js';
import { type Encoding, inputLayout, inputsOf } from './model.js';
import type { Network } from './network.js';

/** Encoded training rows. */
export interface TrainingRows {
  readonly encodings: readonly Encoding[];
  readonly columns: LocatedColumns;
  readonly churned: Uint8Array;
  /** Row weights ÷ their mean. */
  readonly weights: Float64Array;
}

/** Answers with the batch of the given rows. */
export function batchMaker({ encodings, columns, churned, weights }: TrainingRows) {
  const { starts, width } = inputLayout(encodings);
  const codes = encodings.map((encoding) =>
    encoding.kind === 'number' ? Float32Array.from([...encoding.codes, encoding.missing].flat()) : null,
  );

  return (network: Network, rows: Int32Array): Batch => {
    const batch = emptyBatch(rows.length, width);
    rows.forEach((row, at) => {
      batch.churned[at] = churned[row]!;
      batch.shares[at] = weights[row]! / rows.length;
    });
    encodings.forEach((encoding, feature) => {
      const block = { start: starts[feature]!, count: inputsOf(encoding), width };
      const column = columns[feature]!;
      const table = codes[feature];
      if (table) fillNumber(batch, block, column, table, rows);
      else fillCategory(batch, block, column, network.embeddings[feature]!, rows);
    });
    return batch;
  };
}

/** Adds up what the slopes of the inputs say about the embeddings that were looked up. */
export function embeddingGradients(
  { encodings, columns }: TrainingRows,
  network: Network,
  rows: Int32Array,
  inputSlopes: Float32Array,
): Float32Array[] {
  const { starts, width } = inputLayout(encodings);
  return network.embeddings.map((values, feature) => {
    const gradient = new Float32Array(values.length);
    if (values.length === 0) return gradient;
    const dimensions = inputsOf(encodings[feature]!);
    const column = columns[feature]!;
    for (let at = 0; at < rows.length; at++) {
      const from = at * width + starts[feature]!;
      const to = column[rows[at]!]! * dimensions;
      for (let d = 0; d < dimensions; d++) gradient[to + d]! += inputSlopes[from + d]!;
    }
    return gradient;
  });
}

function emptyBatch(rows: number, width: number): Batch {
  return {
    rows,
    inputs: new Float32Array(rows * width),
    inputsTurned: new Float32Array(rows * width),
    churned: new Float32Array(rows),
    shares: new Float32Array(rows),
  };
}

/** The inputs of one feature. */
interface Block {
  readonly start: number;
  readonly count: number;
  /** Of all features together. */
  readonly width: number;
}

/** @param table codes of each knot, then those of a missing value */
function fillNumber(
  { inputs, inputsTurned }: Batch,
  { start, count, width }: Block,
  places: LocatedColumns[number],
  table: Float32Array,
  rows: Int32Array,
): void {
  for (let at = 0; at < rows.length; at++) {
    const place = Math.floor(places[rows[at]!]!);
    const share = places[rows[at]!]! - place;
    const from = place * count;
    for (let input = 0; input < count; input++) {
      const here = table[from + input]!;
      const code = share === 0 ? here : here + share * (table[from + count + input]! - here);
      inputs[at * width + start + input] = code;
      inputsTurned[(start + input) * rows.length + at] = code;
    }
  }
}

function fillCategory(
  { inputs, inputsTurned }: Batch,
  { start, count, width }: Block,
  places: LocatedColumns[number],
  embedding: Float32Array,
  rows: Int32Array,
): void {
  for (let at = 0; at < rows.length; at++) {
    const from = places[rows[at]!]! * count;
    for (let input = 0; input < count; input++) {
      const value = embedding[from + input]!;
      inputs[at * width + start + input] = value;
      inputsTurned[(start + input) * rows.length + at] = value;
    }
  }
}
