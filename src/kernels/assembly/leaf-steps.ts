import { Query, Slot } from '../layout';
import { probability } from './gradients';
import { valueOf } from './leaf';
import { real, whole } from './memory';
import { takeUnit } from './team';

/** As in the twin. */
const SMALLEST_STEP: f64 = 1e-4;

/**
 * Takes further Newton steps from each leaf's value, the gradients of its rows being worked out anew each time; as
 * `refineStep` of the twin. `LeafRanges` and `LeafValues` hold rows and values, `LevelList` the bounds.
 */
export function leafStepsShare(): void {
  const leaves = <i32>whole(Slot.Leaves);
  const steps = whole(Slot.LeafSteps);
  for (let leaf = takeUnit(); leaf < leaves; leaf = takeUnit()) {
    const range = <usize>whole(Slot.LeafRanges) + (<usize>leaf << 3);
    const place = <usize>whole(Slot.LeafValues) + (<usize>leaf << 3);
    const bounds = <usize>whole(Slot.LevelList) + <usize>leaf * Query.Size;
    let value = load<f64>(place);
    for (let step: u32 = 0; step < steps; step++) {
      const next = nextValue(value, load<u32>(range), load<u32>(range, 4), bounds);
      const moved = abs(next - value);
      value = next;
      if (moved < SMALLEST_STEP) break;
    }
    store<f64>(place, value);
  }
}

function nextValue(value: f64, begin: u32, end: u32, bounds: usize): f64 {
  const rows = <usize>whole(Slot.RowList);
  const scores = <usize>whole(Slot.Scores);
  const churned = <usize>whole(Slot.Churned);
  const weights = <usize>whole(Slot.Weights);
  const perGradient = 1 / real(Slot.GradientUnit);
  const perHessian = 1 / real(Slot.HessianUnit);
  let gradients: i64 = 0;
  let hessians: i64 = 0;
  for (let i = begin; i < end; i += 2) {
    const first = <usize>load<u32>(rows + (<usize>i << 2));
    const second = i + 1 < end ? <usize>load<u32>(rows + (<usize>i << 2), 4) : first;
    const both = f64x2.replace_lane(
      f64x2.splat(load<f64>(scores + (first << 3)) + value),
      1,
      load<f64>(scores + (second << 3)) + value,
    );
    const p = probability(both);
    for (let lane: u32 = 0; lane < (i + 1 < end ? 2 : 1); lane++) {
      const row = lane == 0 ? first : second;
      const own = lane == 0 ? f64x2.extract_lane(p, 0) : f64x2.extract_lane(p, 1);
      let gradient = Math.floor((own - <f64>load<u8>(churned + row)) * perGradient + 0.5);
      let hessian = Math.floor(own * (1 - own) * perHessian + 0.5);
      if (weights != 0) {
        const weight = load<f64>(weights + (row << 3));
        gradient = Math.floor(gradient * weight + 0.5);
        hessian = Math.floor(hessian * weight + 0.5);
      }
      gradients += <i64>gradient;
      hessians += <i64>hessian;
    }
  }
  const low = load<f64>(bounds, Query.Low);
  const high = load<f64>(bounds, Query.High);
  const step = valueOf(
    <f64>gradients * real(Slot.GradientUnit),
    <f64>hessians * real(Slot.HessianUnit),
    real(Slot.L1),
    real(Slot.L2),
    -Infinity,
    Infinity,
  );
  const next = value + step;
  return next < low ? low : next > high ? high : next;
}
