import { scoreLoss } from '../../math/log-loss.js';
import { type Matrix, timesVector, transposeTimesVector } from '../../math/matrix.js';
import { logit, sigmoid } from '../model.js';
import { type Curvature, curvatureOf } from './curvature.js';
import { minimiseQuadratic, type Penalty } from './penalised-quadratic.js';

/** What the solver found: `score = intercept + design · coefficients`. */
export interface ElasticNetFit {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** `intercept + design · coefficients`, one per row. */
  readonly scores: Float64Array;
  /** False when the optimality conditions still fail by more than 1e-9 after 200 steps. */
  readonly converged: boolean;
}

/** Largest violation of the optimality conditions that counts as none. */
const TOLERANCE = 1e-9;
const MOST_ITERATIONS = 200;
/** Second derivatives are worked out anew when a step leaves more than this share of the violation. */
const SLOW = 0.3;
/** Up to this width they cost no more than a step, and are worked out for every one. */
const NARROW = 8;

/**
 * Logistic regression with an elastic net. Minimises
 *
 *     Σ wᵢ·(log(1 + e^scoreᵢ) − yᵢ·scoreᵢ) / Σ wᵢ  +  l1·Σ|bⱼ|  +  l2/2·Σbⱼ²
 *
 * (the mean log loss and the penalties) over intercept and coefficients b; the intercept is not penalised
 * and columns are taken as they are.
 *
 * In glmnet's terms `l1 = lambda·alpha`, `l2 = lambda·(1 − alpha)` with `standardize = FALSE`. In
 * scikit-learn's, with n = Σ wᵢ: `l1 = l1_ratio / (C·n)`, `l2 = (1 − l1_ratio) / (C·n)`.
 *
 * Each step minimises the penalised quadratic approximation (IRLS) by coordinate descent and is halved
 * until the objective falls. Second derivatives are kept while they still lead to fast steps, which
 * changes the cost and not the minimum.
 *
 * @param outcomes 1 churned, 0 stayed; or anything between, as the share that churned
 * @param weights one per row, or `null` for all 1
 * @see Friedman, Hastie & Tibshirani 2010, "Regularization paths for generalized linear models"
 */
export function fitElasticNet(
  design: Matrix,
  outcomes: Uint8Array | Float64Array,
  weights: Float64Array | null,
  penalty: Penalty,
): ElasticNetFit {
  return fitElasticNetPath(design, outcomes, weights, [penalty])[0]!;
}

/** One fit per penalty, each begun where the one before it ended. */
export function fitElasticNetPath(
  design: Matrix,
  outcomes: Uint8Array | Float64Array,
  weights: Float64Array | null,
  penalties: readonly Penalty[],
): ElasticNetFit[] {
  const problem = { design, outcomes, shares: rowShares(outcomes.length, weights) };
  let point = nullPoint(problem);
  return penalties.map((penalty) => {
    const reached = descend(problem, point, penalty);
    point = reached.point;
    const { intercept, coefficients, scores } = point;
    return { intercept, coefficients, scores, converged: reached.converged };
  });
}

interface Problem {
  readonly design: Matrix;
  readonly outcomes: Uint8Array | Float64Array;
  /** Row weights ÷ their sum. */
  readonly shares: Float64Array;
}

interface Point {
  readonly intercept: number;
  readonly coefficients: Float64Array;
  /** One per row. */
  readonly scores: Float64Array;
  /** Mean log loss, without penalties. */
  readonly loss: number;
  /** Of a point passed before, or `null` before the first step. */
  readonly curvature: Curvature | null;
}

function descend(problem: Problem, start: Point, penalty: Penalty): { point: Point; converged: boolean } {
  let point = start;
  let before = Infinity;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const { slopes, interceptSlope } = slopesAt(problem, point);
    const violation = Math.max(
      Math.abs(interceptSlope),
      optimalityViolation(slopes, point.coefficients, penalty),
    );
    if (violation <= TOLERANCE) return { point, converged: true };
    const keep = problem.design.columns > NARROW && violation <= SLOW * before;
    const curvature = keep && point.curvature ? point.curvature : curvatureAt(problem, point);
    before = violation;

    const centred = slopes.map((slope, j) => slope - curvature.means[j]! * interceptSlope);
    const target = minimiseQuadratic(curvature, centred, point.coefficients, penalty, violation / 100);
    const direction = target.map((value, j) => value - point.coefficients[j]!);
    const shift = -interceptSlope / curvature.total - sumOfProducts(curvature.means, direction);
    const next = lineSearch(problem, { ...point, curvature }, direction, shift, penalty);
    if (!next) return { point, converged: false };
    point = next;
  }
  return { point, converged: false };
}

/** Halves the step until the objective falls; `null` when no step makes it fall. */
function lineSearch(
  problem: Problem,
  point: Point,
  direction: Float64Array,
  shift: number,
  penalty: Penalty,
): Point | null {
  const now = point.loss + penaltyOf(point.coefficients, penalty);
  const scoreChange = timesVector(problem.design, direction);
  for (let share = 1; share > 1e-9; share /= 2) {
    const coefficients = point.coefficients.map((value, j) => value + share * direction[j]!);
    const scores = point.scores.map((score, row) => score + share * (scoreChange[row]! + shift));
    const loss = meanLoss(problem, scores);
    // Near the minimum the fall is below rounding, hence the slack.
    if (loss + penaltyOf(coefficients, penalty) <= now + 1e-14 * (1 + now)) {
      return { ...point, intercept: point.intercept + share * shift, coefficients, scores, loss };
    }
  }
  return null;
}

function meanLoss({ outcomes, shares }: Problem, scores: Float64Array): number {
  let loss = 0;
  for (let row = 0; row < scores.length; row++)
    loss += shares[row]! * scoreLoss(scores[row]!, outcomes[row]!);
  return loss;
}

function penaltyOf(coefficients: Float64Array, { l1, l2 }: Penalty): number {
  return coefficients.reduce((sum, b) => sum + l1 * Math.abs(b) + (l2 / 2) * b * b, 0);
}

function slopesAt({ design, outcomes, shares }: Problem, { scores }: Point) {
  const residuals = scores.map((score, row) => shares[row]! * (sigmoid(score) - outcomes[row]!));
  return {
    slopes: transposeTimesVector(design, residuals),
    interceptSlope: residuals.reduce((sum, residual) => sum + residual, 0),
  };
}

/** How far the slopes are from what holds at the minimum (the subgradient conditions). */
function optimalityViolation(slopes: Float64Array, coefficients: Float64Array, { l1, l2 }: Penalty): number {
  return slopes.reduce((worst, slope, j) => {
    const b = coefficients[j]!;
    const violation =
      b === 0 ? Math.max(0, Math.abs(slope) - l1) : Math.abs(slope + l2 * b + l1 * Math.sign(b));
    return Math.max(worst, violation);
  }, 0);
}

function curvatureAt({ design, shares }: Problem, { scores }: Point): Curvature {
  const rowWeights = scores.map((score, row) => {
    const p = sigmoid(score);
    return shares[row]! * Math.max(p * (1 - p), 1e-9);
  });
  return curvatureOf(design, rowWeights);
}

/** All coefficients 0, the intercept at the base rate. */
function nullPoint(problem: Problem): Point {
  const { design, outcomes, shares } = problem;
  const rate = shares.reduce((sum, share, row) => sum + share * outcomes[row]!, 0);
  const scores = new Float64Array(design.rows).fill(logit(rate));
  const coefficients = new Float64Array(design.columns);
  return { intercept: logit(rate), coefficients, scores, loss: meanLoss(problem, scores), curvature: null };
}

function rowShares(rows: number, weights: Float64Array | null): Float64Array {
  if (!weights) return new Float64Array(rows).fill(1 / rows);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, j) => sum + value * b[j]!, 0);
}
