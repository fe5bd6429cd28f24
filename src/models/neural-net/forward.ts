import type { LocatedColumns } from './encode.js';
import { type Encoding, inputLayout, inputsOf, type LayerRecord, type Member } from './model.js';

/** A net laid out for scoring without TensorFlow.js. */
export interface ForwardNet {
  /** Units of the first layer. */
  readonly units: number;
  readonly biases: Float64Array;
  /**
   * Per feature what each knot or level, missing last, adds to each unit of the first layer, and how much
   * more the next knot adds: `tables[feature][(place * units + unit) * 2]` and the entry after it. Every
   * input is a broken line over the knots, so the first layer is one too, and encoding, embedding and first
   * layer are a single look-up.
   */
  readonly tables: readonly Float64Array[];
  /** The layers after the first. */
  readonly later: readonly ForwardLayer[];
}

/** `weights[unit * inputs + input]`. */
interface ForwardLayer {
  readonly inputs: number;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

export function forwardNet(encodings: readonly Encoding[], { embeddings, layers }: Member): ForwardNet {
  const [first, ...later] = layers as [LayerRecord, ...LayerRecord[]];
  const { starts } = inputLayout(encodings);
  const tables = encodings.map((encoding, feature) => {
    const isNumber = encoding.kind === 'number';
    const places = isNumber ? [...encoding.codes, encoding.missing] : embeddings[feature]!;
    const answers = answersOf(first, starts[feature]!, inputsOf(encoding), places);
    return withSteps(answers, first.biases.length, isNumber ? encoding.codes.length : 0);
  });
  return {
    units: first.biases.length,
    biases: new Float64Array(first.biases),
    tables,
    later: later.map(({ weights, biases }) => ({
      inputs: weights[0]!.length,
      weights: new Float64Array(weights.flat()),
      biases: new Float64Array(biases),
    })),
  };
}

/** What the first layer's units make of one feature's inputs at each place. */
function answersOf(
  { weights }: LayerRecord,
  start: number,
  count: number,
  places: readonly (readonly number[])[],
): Float64Array {
  const answers = new Float64Array(places.length * weights.length);
  weights.forEach((unitWeights, unit) => {
    const relevant = new Float64Array(unitWeights.slice(start, start + count));
    places.forEach((inputs, place) => {
      let sum = 0;
      for (let input = 0; input < count; input++) sum += inputs[input]! * relevant[input]!;
      answers[place * weights.length + unit] = sum;
    });
  });
  return answers;
}

/** Each answer with the step to the next knot's beside it; 0 after the last knot, and for levels. */
function withSteps(answers: Float64Array, units: number, knots: number): Float64Array {
  const table = new Float64Array(answers.length * 2);
  answers.forEach((answer, index) => {
    table[2 * index] = answer;
    if (index < (knots - 1) * units) table[2 * index + 1] = answers[index + units]! - answer;
  });
  return table;
}

/** Score of every row. */
export function forwardScores(net: ForwardNet, columns: LocatedColumns): Float64Array {
  const sums = typicalSums(net, columns[0]!.length);
  columns.forEach((places, feature) => {
    addAnswers(net, feature, places, sums);
  });
  return finishScores(net, sums);
}

/** Sums of the first layer, before any feature is added: those of the account with typical inputs. */
export function typicalSums({ units, biases }: ForwardNet, rows: number): Float64Array {
  const sums = new Float64Array(rows * units);
  for (let row = 0; row < rows; row++) sums.set(biases, row * units);
  return sums;
}

/** Adds what one feature gives to the first layer's units, four at a time for speed, in place. */
export function addAnswers(
  { units, tables }: ForwardNet,
  feature: number,
  places: LocatedColumns[number],
  sums: Float64Array,
): void {
  const table = tables[feature]!;
  for (let row = 0; row < places.length; row++) {
    const whole = Math.floor(places[row]!);
    const share = places[row]! - whole;
    const end = (row + 1) * units;
    let from = whole * units * 2;
    let unit = row * units;
    for (; unit + 3 < end; unit += 4, from += 8) {
      sums[unit]! += table[from]! + share * table[from + 1]!;
      sums[unit + 1]! += table[from + 2]! + share * table[from + 3]!;
      sums[unit + 2]! += table[from + 4]! + share * table[from + 5]!;
      sums[unit + 3]! += table[from + 6]! + share * table[from + 7]!;
    }
    for (; unit < end; unit++, from += 2) sums[unit]! += table[from]! + share * table[from + 1]!;
  }
}

/** From the first layer's sums, which it overwrites, to scores. */
export function finishScores({ units, later }: ForwardNet, sums: Float64Array): Float64Array {
  const rows = sums.length / units;
  return later.reduce((inputs, layer) => {
    for (let i = 0; i < inputs.length; i++) if (inputs[i]! < 0) inputs[i] = 0;
    return layerAnswers(layer, inputs, rows);
  }, sums);
}

/** Four units at a time, twice as fast as one: each input is read once for all four. */
function layerAnswers({ inputs, weights, biases }: ForwardLayer, given: Float64Array, rows: number) {
  const units = biases.length;
  const answers = new Float64Array(rows * units);
  for (let row = 0; row < rows; row++) {
    const from = row * inputs;
    let unit = 0;
    for (; unit + 3 < units; unit += 4) {
      const at = unit * inputs;
      let a = biases[unit]!;
      let b = biases[unit + 1]!;
      let c = biases[unit + 2]!;
      let d = biases[unit + 3]!;
      for (let input = 0; input < inputs; input++) {
        const value = given[from + input]!;
        a += value * weights[at + input]!;
        b += value * weights[at + inputs + input]!;
        c += value * weights[at + 2 * inputs + input]!;
        d += value * weights[at + 3 * inputs + input]!;
      }
      answers[row * units + unit] = a;
      answers[row * units + unit + 1] = b;
      answers[row * units + unit + 2] = c;
      answers[row * units + unit + 3] = d;
    }
    for (; unit < units; unit++) {
      let sum = biases[unit]!;
      for (let input = 0; input < inputs; input++) {
        sum += given[from + input]! * weights[unit * inputs + input]!;
      }
      answers[row * units + unit] = sum;
    }
  }
  return answers;
}
