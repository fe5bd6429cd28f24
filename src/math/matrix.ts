/** Dense numbers, column after column: entry (row, column) is `values[column * rows + row]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A matrix of zeros. */
export function makeMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

/** A view of one column. */
export function matrixColumn(matrix: Matrix, column: number): Float64Array {
  return matrix.values.subarray(column * matrix.rows, (column + 1) * matrix.rows);
}

/** matrix · vector: one number per row. Four columns at a time, so that each sum is read and written less. */
export function timesVector(matrix: Matrix, vector: Float64Array): Float64Array {
  const { rows, columns, values } = matrix;
  const product = new Float64Array(rows);
  let column = 0;
  for (; column + 3 < columns; column += 4) {
    const [a, b, c, d] = [vector[column]!, vector[column + 1]!, vector[column + 2]!, vector[column + 3]!];
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    const from = column * rows;
    for (let row = 0; row < rows; row++) {
      const at = from + row;
      product[row]! +=
        a * values[at]! + b * values[at + rows]! + c * values[at + 2 * rows]! + d * values[at + 3 * rows]!;
    }
  }
  for (; column < columns; column++) {
    const factor = vector[column]!;
    const from = column * rows;
    for (let row = 0; row < rows; row++) product[row]! += factor * values[from + row]!;
  }
  return product;
}

/** matrixᵀ · vector: one number per column. */
export function transposeTimesVector(matrix: Matrix, vector: Float64Array): Float64Array {
  const { rows, columns, values } = matrix;
  const product = new Float64Array(columns);
  let column = 0;
  for (; column + 3 < columns; column += 4) {
    const from = column * rows;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const at = from + row;
      const factor = vector[row]!;
      a += factor * values[at]!;
      b += factor * values[at + rows]!;
      c += factor * values[at + 2 * rows]!;
      d += factor * values[at + 3 * rows]!;
    }
    product[column] = a;
    product[column + 1] = b;
    product[column + 2] = c;
    product[column + 3] = d;
  }
  for (; column < columns; column++) product[column] = dot(matrixColumn(matrix, column), vector);
  return product;
}

/** Sum of products; four running sums, because one would wait for itself. */
export function dot(a: Float64Array, b: Float64Array): number {
  const { length } = a;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

/**
 * Weighted covariance sums Σ weight·(x_j − mean_j)(x_k − mean_k) for every pair of columns, symmetric, as
 * `sums[j * columns + k]`. Rows are taken in blocks that stay in cache, columns in tiles of 4 × 2.
 */
export function weightedCrossProducts(
  matrix: Matrix,
  weights: Float64Array,
  means: Float64Array,
): Float64Array {
  const { rows, columns, values } = matrix;
  const padded = (columns + 3) & ~3;
  const sums = new Float64Array(padded * padded);
  const block = new Float64Array(padded * BLOCK_ROWS);
  const roots = weights.map(Math.sqrt);
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const size = Math.min(BLOCK_ROWS, rows - start);
    for (let column = 0; column < columns; column++) {
      const from = column * rows + start;
      const to = column * BLOCK_ROWS;
      const mean = means[column]!;
      for (let i = 0; i < size; i++) block[to + i] = (values[from + i]! - mean) * roots[start + i]!;
    }
    addBlock(block, size, padded, sums);
  }
  return mirrored(sums, padded, columns);
}

const BLOCK_ROWS = 128;

function addBlock(block: Float64Array, size: number, padded: number, sums: Float64Array): void {
  for (let j = 0; j < padded; j += 4) {
    const j0 = j * BLOCK_ROWS;
    const j1 = j0 + BLOCK_ROWS;
    const j2 = j1 + BLOCK_ROWS;
    const j3 = j2 + BLOCK_ROWS;
    for (let k = 0; k < j + 4; k += 2) {
      const k0 = k * BLOCK_ROWS;
      const k1 = k0 + BLOCK_ROWS;
      let a0 = 0;
      let a1 = 0;
      let b0 = 0;
      let b1 = 0;
      let c0 = 0;
      let c1 = 0;
      let d0 = 0;
      let d1 = 0;
      for (let i = 0; i < size; i++) {
        const x0 = block[k0 + i]!;
        const x1 = block[k1 + i]!;
        const a = block[j0 + i]!;
        const b = block[j1 + i]!;
        const c = block[j2 + i]!;
        const d = block[j3 + i]!;
        a0 += a * x0;
        a1 += a * x1;
        b0 += b * x0;
        b1 += b * x1;
        c0 += c * x0;
        c1 += c * x1;
        d0 += d * x0;
        d1 += d * x1;
      }
      const at = j * padded + k;
      sums[at]! += a0;
      sums[at + 1]! += a1;
      sums[at + padded]! += b0;
      sums[at + padded + 1]! += b1;
      sums[at + 2 * padded]! += c0;
      sums[at + 2 * padded + 1]! += c1;
      sums[at + 3 * padded]! += d0;
      sums[at + 3 * padded + 1]! += d1;
    }
  }
}

/** The lower half copied to the upper, padding dropped. */
function mirrored(sums: Float64Array, padded: number, columns: number): Float64Array {
  const whole = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= j; k++) {
      whole[j * columns + k] = whole[k * columns + j] = sums[j * padded + k]!;
    }
  }
  return whole;
}

/**
 * Solves A·x = b for a symmetric positive definite A (`a[j * size + k]`) by Cholesky.
 *
 * @returns `null` when A is not positive definite to working precision
 */
export function solvePositiveDefinite(a: Float64Array, b: Float64Array): Float64Array | null {
  const size = b.length;
  const lower = new Float64Array(a.length);
  for (let j = 0; j < size; j++) {
    const rowJ = j * size;
    for (let k = 0; k <= j; k++) {
      const rowK = k * size;
      let sum = a[rowJ + k]!;
      for (let i = 0; i < k; i++) sum -= lower[rowJ + i]! * lower[rowK + i]!;
      if (k < j) lower[rowJ + k] = sum / lower[rowK + k]!;
      else if (sum > 1e-13 * a[rowJ + j]!) lower[rowJ + j] = Math.sqrt(sum);
      else return null;
    }
  }
  return backSubstitute(lower, forwardSubstitute(lower, b));
}

function forwardSubstitute(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let sum = b[j]!;
    for (let k = 0; k < j; k++) sum -= lower[j * size + k]! * x[k]!;
    x[j] = sum / lower[j * size + j]!;
  }
  return x;
}

function backSubstitute(lower: Float64Array, b: Float64Array): Float64Array {
  const size = b.length;
  const x = Float64Array.from(b);
  for (let j = size - 1; j >= 0; j--) {
    x[j]! /= lower[j * size + j]!;
    for (let k = 0; k < j; k++) x[k]! -= lower[j * size + k]! * x[j]!;
  }
  return x;
}

/**
 * Solves A·x = b for a symmetric positive (semi-)definite A that is given by its products, by conjugate
 * gradients from x = 0.
 *
 * @param tolerance length of the residual at which to stop
 */
export function solveByConjugateGradients(
  times: (vector: Float64Array) => Float64Array,
  b: Float64Array,
  tolerance: number,
): Float64Array {
  const x = new Float64Array(b.length);
  const residual = Float64Array.from(b);
  const direction = Float64Array.from(b);
  let length = dot(residual, residual);
  for (let step = 0; step < 2 * b.length && length > tolerance * tolerance; step++) {
    const product = times(direction);
    const steepness = dot(direction, product);
    if (!(steepness > 0)) break;
    const share = length / steepness;
    for (let i = 0; i < x.length; i++) {
      x[i]! += share * direction[i]!;
      residual[i]! -= share * product[i]!;
    }
    const before = length;
    length = dot(residual, residual);
    for (let i = 0; i < x.length; i++) direction[i] = residual[i]! + (length / before) * direction[i]!;
  }
  return x;
}
