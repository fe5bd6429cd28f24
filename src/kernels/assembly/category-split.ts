import { Answer, Query, Slot } from '../layout';
import { bitsOfWeight, hessianOf, quality, weightOf } from './leaf';
import { real } from './memory';

/**
 * As `bestCategorySplit` of `src/models/boosted-trees/category-split.ts`.
 *
 * @param order scratch of `Size.Order` bytes: rank and bin of each level
 */
export function categorySplit(bins: usize, length: u32, query: usize, answer: usize, order: usize): void {
  const bits = bitsOfWeight();
  const count = orderLevels(bins, length, order);
  let ranked: i64 = 0;
  for (let i = 0; i < count; i++) ranked += load<i64>(bins + (<usize>binAt(order, i) << 4), 8);
  const allMass = load<i64>(query, Query.Mass);
  const hasRare = weightOf(ranked, bits) < weightOf(allMass, bits);
  const groups = count + (hasRare ? 1 : 0);
  const penalty = real(Slot.LevelPenalty) * <f64>max(groups - 2, 0);
  const least = load<f64>(query, Query.Least);
  store<f64>(answer, least + penalty, Answer.Quality);
  const upward = bestLead(bins, order, count, false, hasRare, query, answer);
  const downward = hasRare ? bestLead(bins, order, count, true, true, query, answer) : 0;
  const found = downward > 0 || upward > 0;
  store<f64>(answer, found ? load<f64>(answer, Answer.Quality) - penalty : least, Answer.Quality);
  if (!found) return;
  const lead = downward > 0 ? downward : upward;
  const leftMass = load<i64>(answer, Answer.Mass);
  const absentLeft =
    downward > 0 || (!hasRare && 2 * weightOf(leftMass, bits) >= weightOf(allMass, bits));
  memory.fill(answer + Answer.Sides, absentLeft ? 255 : 0, 32);
  for (let i = 0; i < count; i++) {
    if (downward > 0) {
      if (i >= count - lead) setSide(answer, binAt(order, i), false);
    } else {
      setSide(answer, binAt(order, i), i < lead);
    }
  }
  if (downward > 0) {
    store<i64>(answer, load<i64>(query, Query.Gradient) - load<i64>(answer, Answer.Gradient), Answer.Gradient);
    store<i64>(answer, allMass - leftMass, Answer.Mass);
  }
}

/** Writes rank and bin of the levels that are judged on their own, lowest rank first; returns their number. */
export function orderLevels(bins: usize, length: u32, order: usize): i32 {
  const bits = bitsOfWeight();
  const smoothing = real(Slot.CategorySmoothing);
  const minRows = real(Slot.MinLevelRows);
  const gradientUnit = real(Slot.GradientUnit);
  let count = 0;
  for (let place: u32 = 0; place < length; place += 16) {
    const mass = load<i64>(bins + place, 8);
    if (weightOf(mass, bits) < minRows) continue;
    const rank = (<f64>load<i64>(bins + place) * gradientUnit) / (hessianOf(mass, bits) + smoothing);
    let at = order + (<usize>count << 4);
    for (; at > order && load<f64>(at - 16) > rank; at -= 16) v128.store(at, v128.load(at - 16));
    store<f64>(at, rank);
    store<u32>(at, place >> 4, 8);
    count++;
  }
  return count;
}

/**
 * The number of levels in the leading group, from one end of the order, that is best set against all other
 * rows; 0 when none beats the answer's quality. Its quality and sums go to the answer.
 */
function bestLead(
  bins: usize,
  order: usize,
  count: i32,
  isReversed: bool,
  hasRest: bool,
  query: usize,
  answer: usize,
): i32 {
  const bits = bitsOfWeight();
  const gradientUnit = real(Slot.GradientUnit);
  const l1 = real(Slot.L1);
  const l2 = real(Slot.L2);
  const minRows = real(Slot.MinLeafRows);
  const minHessian = real(Slot.MinLeafHessian);
  const low = load<f64>(query, Query.Low);
  const high = load<f64>(query, Query.High);
  const allGradient = load<i64>(query, Query.Gradient);
  const allMass = load<i64>(query, Query.Mass);
  let gradient: i64 = 0;
  let mass: i64 = 0;
  let best = 0;
  const leads = hasRest ? count : count - 1;
  for (let i = 0; i < leads; i++) {
    const level = isReversed ? count - 1 - i : i;
    const next = isReversed ? level - 1 : level + 1;
    const bin = bins + (<usize>binAt(order, level) << 4);
    gradient += load<i64>(bin);
    mass += load<i64>(bin, 8);
    if (i + 1 < count && rankAt(order, next) == rankAt(order, level)) continue;
    const hessian = hessianOf(mass, bits);
    const restHessian = hessianOf(allMass - mass, bits);
    if (weightOf(mass, bits) < minRows || hessian < minHessian) continue;
    if (weightOf(allMass - mass, bits) < minRows || restHessian < minHessian) continue;
    const found =
      quality(<f64>gradient * gradientUnit, hessian, l1, l2, low, high) +
      quality(<f64>(allGradient - gradient) * gradientUnit, restHessian, l1, l2, low, high);
    if (!(found > load<f64>(answer, Answer.Quality))) continue;
    store<f64>(answer, found, Answer.Quality);
    store<i64>(answer, gradient, Answer.Gradient);
    store<i64>(answer, mass, Answer.Mass);
    best = i + 1;
  }
  return best;
}

@inline
export function rankAt(order: usize, level: i32): f64 {
  return load<f64>(order + (<usize>level << 4));
}

@inline
export function binAt(order: usize, level: i32): u32 {
  return load<u32>(order + (<usize>level << 4), 8);
}

export function setSide(answer: usize, bin: u32, isLeft: bool): void {
  const place = answer + Answer.Sides + (bin >> 3);
  const bit: u8 = 1 << <u8>(bin & 7);
  store<u8>(place, isLeft ? load<u8>(place) | bit : load<u8>(place) & ~bit);
}
