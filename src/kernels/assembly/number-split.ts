import { Answer, Query, Slot } from '../layout';
import { bitsOfWeight, quality, valueOf, weightOf } from './leaf';
import { real } from './memory';

/** As `bestNumberSplit` of `src/models/boosted-trees/number-split.ts`. */
export function numberSplit(bins: usize, length: u32, direction: i32, query: usize, answer: usize): void {
  const missingAt = bins + length - 16;
  const bits = bitsOfWeight();
  store<f64>(answer, load<f64>(query, Query.Least), Answer.Quality);
  const hasMissing = weightOf(load<i64>(missingAt, 8), bits) > 0;
  bestCut(bins, missingAt, 0, 0, 0, direction, query, answer);
  if (hasMissing) {
    bestCut(bins, missingAt, load<i64>(missingAt), load<i64>(missingAt, 8), 1, direction, query, answer);
    return;
  }
  const half = 2 * weightOf(load<i64>(answer, Answer.Mass), bits);
  const all = weightOf(load<i64>(query, Query.Mass), bits);
  store<u32>(answer, half >= all ? 1 : 0, Answer.MissingLeft);
}

function bestCut(
  bins: usize,
  behind: usize,
  startGradient: i64,
  startMass: i64,
  missingLeft: u32,
  direction: i32,
  query: usize,
  answer: usize,
): void {
  const bits = bitsOfWeight();
  const mask = ((<i64>1) << bits) - 1;
  const gradientUnit = real(Slot.GradientUnit);
  const hessianUnit = real(Slot.HessianUnit);
  const weightUnit = real(Slot.WeightUnit);
  const l1 = real(Slot.L1);
  const l2 = real(Slot.L2);
  const minRows = real(Slot.MinLeafRows);
  const minHessian = real(Slot.MinLeafHessian);
  const low = load<f64>(query, Query.Low);
  const high = load<f64>(query, Query.High);
  const allGradient = load<i64>(query, Query.Gradient);
  const allMass = load<i64>(query, Query.Mass);
  let gradient = startGradient;
  let mass = startMass;
  let most = load<f64>(answer, Answer.Quality);
  for (let at = bins; at < behind; at += 16) {
    const own = load<i64>(at, 8);
    if ((own & mask) == 0) continue;
    gradient += load<i64>(at);
    mass += own;
    const hessian = <f64>(mass >> bits) * hessianUnit;
    if (<f64>(mass & mask) * weightUnit < minRows || hessian < minHessian) continue;
    const restMass = allMass - mass;
    const restHessian = <f64>(restMass >> bits) * hessianUnit;
    if (<f64>(restMass & mask) * weightUnit < minRows || restHessian < minHessian) break;
    const leftGradient = <f64>gradient * gradientUnit;
    const rightGradient = <f64>(allGradient - gradient) * gradientUnit;
    const found =
      quality(leftGradient, hessian, l1, l2, low, high) +
      quality(rightGradient, restHessian, l1, l2, low, high);
    if (!(found > most)) continue;
    if (direction != 0) {
      const left = valueOf(leftGradient, hessian, l1, l2, low, high);
      const right = valueOf(rightGradient, restHessian, l1, l2, low, high);
      if (direction > 0 ? left > right : left < right) continue;
    }
    most = found;
    store<f64>(answer, found, Answer.Quality);
    store<i64>(answer, gradient, Answer.Gradient);
    store<i64>(answer, mass, Answer.Mass);
    store<u32>(answer, <u32>((at - bins) >> 4), Answer.LastLeft);
    store<u32>(answer, missingLeft, Answer.MissingLeft);
  }
}
