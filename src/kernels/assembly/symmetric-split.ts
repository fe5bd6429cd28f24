import { Answer, Query, Size, Slot } from '../layout';
import { binAt, orderLevels, rankAt, setSide } from './category-split';
import { bitsOfWeight, hessianOf, quality, valueOf, weightOf } from './leaf';
import { real, whole } from './memory';

/**
 * The best question about a column to all leaves of a level at once: each leaf's qualities are added up cut by cut.
 * Leaves are listed as queries whose answers' address is that of their histogram. As `bestNumberLevel` and
 * `bestCategoryLevel` of `src/models/boosted-trees/symmetric-split.ts`.
 *
 * @param place where the column's part of a histogram begins
 * @param scratch of `Size.Order` bytes
 */
export function numberLevel(place: usize, length: u32, direction: i32, least: f64, answer: usize, scratch: usize): void {
  const leaves = whole(Slot.LevelLeaves);
  const bits = bitsOfWeight();
  const cuts = (length >> 4) - 1;
  const right = scratch;
  const left = scratch + (<usize>256 << 3);
  memory.fill(scratch, 0, 2 * (<usize>256 << 3));
  let missingWeight: f64 = 0;
  for (let i: u32 = 0; i < leaves; i++) {
    const leaf = leafAt(i);
    const bins = <usize>load<u32>(leaf, Query.Answers) + place;
    const missing = bins + (<usize>cuts << 4);
    missingWeight += weightOf(load<i64>(missing, 8), bits);
    addQualities(right, bins, cuts, 0, 0, leaf, direction);
    addQualities(left, bins, cuts, load<i64>(missing), load<i64>(missing, 8), leaf, direction);
  }
  store<f64>(answer, least, Answer.Quality);
  takeBest(right, cuts, 0, answer);
  if (missingWeight > 0) takeBest(left, cuts, 1, answer);
  // Where nothing was found, the last cut is whatever lay there.
  else if (load<f64>(answer, Answer.Quality) > least) {
    store<u32>(answer, followsLeft(place, load<u32>(answer, Answer.LastLeft)), Answer.MissingLeft);
  }
}

@inline
function leafAt(index: u32): usize {
  return <usize>whole(Slot.LevelList) + <usize>index * Query.Size;
}

function addQualities(
  qualities: usize,
  bins: usize,
  cuts: u32,
  startGradient: i64,
  startMass: i64,
  leaf: usize,
  direction: i32,
): void {
  let gradient = startGradient;
  let mass = startMass;
  for (let cut: u32 = 0; cut < cuts; cut++) {
    const bin = bins + (<usize>cut << 4);
    gradient += load<i64>(bin);
    mass += load<i64>(bin, 8);
    const place = qualities + (<usize>cut << 3);
    store<f64>(place, load<f64>(place) + dividedQuality(leaf, gradient, mass, direction));
  }
}

function takeBest(qualities: usize, cuts: u32, missingLeft: u32, answer: usize): void {
  for (let cut: u32 = 0; cut < cuts; cut++) {
    const found = load<f64>(qualities + (<usize>cut << 3));
    if (!(found > load<f64>(answer, Answer.Quality))) continue;
    store<f64>(answer, found, Answer.Quality);
    store<u32>(answer, cut, Answer.LastLeft);
    store<u32>(answer, missingLeft, Answer.MissingLeft);
  }
}

function followsLeft(place: usize, lastLeft: u32): u32 {
  const bits = bitsOfWeight();
  const leaves = whole(Slot.LevelLeaves);
  let weight: f64 = 0;
  let all: f64 = 0;
  for (let i: u32 = 0; i < leaves; i++) {
    const leaf = leafAt(i);
    all += weightOf(load<i64>(leaf, Query.Mass), bits);
    const bins = <usize>load<u32>(leaf, Query.Answers) + place;
    for (let cut: u32 = 0; cut <= lastLeft; cut++) weight += weightOf(load<i64>(bins + (<usize>cut << 4), 8), bits);
  }
  return 2 * weight >= all ? 1 : 0;
}

/** As `dividedQuality` of the twin. */
function dividedQuality(leaf: usize, gradient: i64, mass: i64, direction: i32): f64 {
  const bits = bitsOfWeight();
  const restMass = load<i64>(leaf, Query.Mass) - mass;
  const hessian = hessianOf(mass, bits);
  const restHessian = hessianOf(restMass, bits);
  const minRows = real(Slot.MinLeafRows);
  const minHessian = real(Slot.MinLeafHessian);
  const own = load<f64>(leaf, Query.Least);
  if (weightOf(mass, bits) < minRows || hessian < minHessian) return own;
  if (weightOf(restMass, bits) < minRows || restHessian < minHessian) return own;
  const l1 = real(Slot.L1);
  const l2 = real(Slot.L2);
  const low = load<f64>(leaf, Query.Low);
  const high = load<f64>(leaf, Query.High);
  const left = <f64>gradient * real(Slot.GradientUnit);
  const right = <f64>(load<i64>(leaf, Query.Gradient) - gradient) * real(Slot.GradientUnit);
  if (direction != 0) {
    const rise = valueOf(right, restHessian, l1, l2, low, high) - valueOf(left, hessian, l1, l2, low, high);
    if (rise * <f64>direction < 0) return own;
  }
  return quality(left, hessian, l1, l2, low, high) + quality(right, restHessian, l1, l2, low, high);
}

/** @param scratch three times `Size.Order` bytes */
export function categoryLevel(place: usize, length: u32, least: f64, answer: usize, scratch: usize): void {
  const bits = bitsOfWeight();
  const leaves = whole(Slot.LevelLeaves);
  const sums = scratch + Size.Order;
  const qualities = sums + Size.Order;
  memory.fill(sums, 0, length);
  let all: i64 = 0;
  for (let i: u32 = 0; i < leaves; i++) {
    const leaf = leafAt(i);
    all += load<i64>(leaf, Query.Mass);
    const bins = <usize>load<u32>(leaf, Query.Answers) + place;
    for (let at: usize = 0; at < <usize>length; at += 16) {
      v128.store(sums + at, i64x2.add(v128.load(sums + at), v128.load(bins + at)));
    }
  }
  const count = orderLevels(sums, length, scratch);
  let ranked: i64 = 0;
  for (let i = 0; i < count; i++) ranked += load<i64>(sums + (<usize>binAt(scratch, i) << 4), 8);
  const hasRare = weightOf(ranked, bits) < weightOf(all, bits);
  const penalty = real(Slot.LevelPenalty) * <f64>max(count + (hasRare ? 1 : 0) - 2, 0);
  store<f64>(answer, least + penalty, Answer.Quality);
  const upward = bestLead(place, scratch, qualities, count, false, hasRare, answer);
  const downward = hasRare ? bestLead(place, scratch, qualities, count, true, true, answer) : 0;
  const found = downward > 0 || upward > 0;
  store<f64>(answer, found ? load<f64>(answer, Answer.Quality) - penalty : least, Answer.Quality);
  if (!found) return;
  const lead = downward > 0 ? downward : upward;
  let leadMass: i64 = 0;
  for (let i = 0; i < lead; i++) {
    leadMass += load<i64>(sums + (<usize>binAt(scratch, downward > 0 ? count - 1 - i : i) << 4), 8);
  }
  const absentLeft = downward > 0 || (!hasRare && 2 * weightOf(leadMass, bits) >= weightOf(all, bits));
  memory.fill(answer + Answer.Sides, absentLeft ? 255 : 0, 32);
  for (let i = 0; i < count; i++) {
    setSide(answer, binAt(scratch, i), downward > 0 ? i < count - lead : i < lead);
  }
}

/** The number of levels in the best leading group from one end of the order, 0 when none beats the answer's quality. */
function bestLead(
  place: usize,
  order: usize,
  qualities: usize,
  count: i32,
  isReversed: bool,
  hasRest: bool,
  answer: usize,
): i32 {
  const leads = hasRest ? count : count - 1;
  const leaves = whole(Slot.LevelLeaves);
  if (leads <= 0) return 0;
  memory.fill(qualities, 0, <usize>leads << 3);
  for (let i: u32 = 0; i < leaves; i++) {
    const leaf = leafAt(i);
    const bins = <usize>load<u32>(leaf, Query.Answers) + place;
    let gradient: i64 = 0;
    let mass: i64 = 0;
    for (let k = 0; k < leads; k++) {
      const bin = bins + (<usize>binAt(order, isReversed ? count - 1 - k : k) << 4);
      gradient += load<i64>(bin);
      mass += load<i64>(bin, 8);
      const at = qualities + (<usize>k << 3);
      store<f64>(at, load<f64>(at) + dividedQuality(leaf, gradient, mass, 0));
    }
  }
  let best = 0;
  for (let k = 0; k < leads; k++) {
    const level = isReversed ? count - 1 - k : k;
    const next = isReversed ? level - 1 : level + 1;
    if (k + 1 < count && rankAt(order, next) == rankAt(order, level)) continue;
    const found = load<f64>(qualities + (<usize>k << 3));
    if (!(found > load<f64>(answer, Answer.Quality))) continue;
    store<f64>(answer, found, Answer.Quality);
    best = k + 1;
  }
  return best;
}
