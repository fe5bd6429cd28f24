import {
  dot,
  type Matrix,
  matrixColumn,
  timesVector,
  transposeTimesVector,
  weightedCrossProducts,
} from '../../math/matrix.js';

/**
 * Second derivatives of the mean log loss at one point, with the intercept already solved for: the columns
 * are centred at their means under the point's row weights.
 */
export interface Curvature {
  /** Sum of the row weights, and each column's mean under them. */
  readonly total: number;
  readonly means: Float64Array;
  /** Second derivative along each coefficient. */
  readonly diagonal: Float64Array;
  /** All second derivatives, `gram[j * columns + k]`; `null` where the design is too wide to hold them. */
  readonly gram: Float64Array | null;
  /** Second derivatives · vector. */
  times(vector: Float64Array): Float64Array;
  /** Begins a walk along single coefficients away from the point. */
  walk(): Walk;
}

/** How the slopes change on the way. */
export interface Walk {
  /** Change of the slope along a coefficient since the walk began. */
  slopeChange(column: number): number;
  move(column: number, step: number): void;
}

/** Beyond this width, sums over rows at each step are cheaper than all second derivatives beforehand. */
const WIDEST_GRAM = 300;

/** @param rowWeights share·p·(1 − p) of every row */
export function curvatureOf(design: Matrix, rowWeights: Float64Array): Curvature {
  const total = rowWeights.reduce((sum, weight) => sum + weight, 0);
  const means = Float64Array.from(
    { length: design.columns },
    (_, column) => dot(matrixColumn(design, column), rowWeights) / total,
  );
  return design.columns <= WIDEST_GRAM
    ? { total, means, ...fromCrossProducts(weightedCrossProducts(design, rowWeights, means), design.columns) }
    : { total, means, ...fromRows(design, rowWeights, means) };
}

type Form = Pick<Curvature, 'diagonal' | 'gram' | 'times' | 'walk'>;

function fromCrossProducts(gram: Float64Array, columns: number): Form {
  const diagonal = Float64Array.from({ length: columns }, (_, column) => gram[column * columns + column]!);
  const walk = (): Walk => {
    const change = new Float64Array(columns);
    return {
      slopeChange: (column) => change[column]!,
      move(column, step) {
        const from = column * columns;
        for (let k = 0; k < columns; k++) change[k]! += step * gram[from + k]!;
      },
    };
  };
  const times = (vector: Float64Array): Float64Array =>
    timesVector({ rows: columns, columns, values: gram }, vector);
  return { diagonal, gram, times, walk };
}

function fromRows(design: Matrix, rowWeights: Float64Array, means: Float64Array): Form {
  const { rows, columns, values } = design;
  const diagonal = new Float64Array(columns);
  for (let column = 0; column < columns; column++) {
    const from = column * rows;
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const centred = values[from + row]! - means[column]!;
      sum += rowWeights[row]! * centred * centred;
    }
    diagonal[column] = sum;
  }
  const walk = (): Walk => {
    // Weighted changes of the rows' scores; they sum to 0 because the columns are centred.
    const changes = new Float64Array(rows);
    return {
      slopeChange: (column) => dot(matrixColumn(design, column), changes),
      move(column, step) {
        const from = column * rows;
        const mean = means[column]!;
        for (let row = 0; row < rows; row++) {
          changes[row]! += step * rowWeights[row]! * (values[from + row]! - mean);
        }
      },
    };
  };
  const times = (vector: Float64Array): Float64Array => {
    const shift = dot(means, vector);
    const changes = timesVector(design, vector).map((change, row) => rowWeights[row]! * (change - shift));
    return transposeTimesVector(design, changes);
  };
  return { diagonal, gram: null, times, walk };
}
