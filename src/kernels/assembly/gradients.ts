import { Size, Slot } from '../layout';
import { real, whole } from './memory';
import { takeUnit } from './team';

/** Each row's gradient and Hessian of the logistic loss as whole numbers, as the twin's. */
export function gradientsShare(): void {
  const rows = whole(Slot.TrainingRows);
  for (let begin = <u32>takeUnit() * Size.Chunk; begin < rows; begin = <u32>takeUnit() * Size.Chunk) {
    const end = min(begin + Size.Chunk, rows);
    if (whole(Slot.Weights) != 0) weightedGradients(begin, end);
    else plainGradients(begin, end);
  }
}

/** Two rows at a time; behind an odd last row there is room for one more. */
function plainGradients(begin: u32, end: u32): void {
  const churned = <usize>whole(Slot.Churned);
  const perGradient = f64x2.splat(1 / real(Slot.GradientUnit));
  const perHessian = f64x2.splat(1 / real(Slot.HessianUnit));
  const bits = <i32>whole(Slot.WeightBits);
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  const unit = i64x2.splat(1);
  let score = <usize>whole(Slot.Scores) + (<usize>begin << 3);
  let place = <usize>whole(Slot.Statistics) + (<usize>begin << 4);
  for (let row = begin; row < end; row += 2, score += 16, place += 32) {
    const p = probability(v128.load(score));
    const outcomes = f64x2.replace_lane(
      f64x2.splat(<f64>load<u8>(churned + row)),
      1,
      <f64>load<u8>(churned + row, 1),
    );
    const gradient = f64x2.floor(f64x2.add(f64x2.mul(f64x2.sub(p, outcomes), perGradient), half));
    const hessian = f64x2.floor(f64x2.add(f64x2.mul(f64x2.mul(p, f64x2.sub(one, p)), perHessian), half));
    const mass = i64x2.add(i64x2.shl(wholeNumbers(hessian), bits), unit);
    const first = wholeNumbers(gradient);
    v128.store(place, v128.shuffle<i64>(first, mass, 0, 2));
    v128.store(place, v128.shuffle<i64>(first, mass, 1, 3), 16);
  }
}

function weightedGradients(begin: u32, end: u32): void {
  const churned = <usize>whole(Slot.Churned);
  const weights = <usize>whole(Slot.Weights);
  const scores = <usize>whole(Slot.Scores);
  const statistics = <usize>whole(Slot.Statistics);
  const perGradient = 1 / real(Slot.GradientUnit);
  const perHessian = 1 / real(Slot.HessianUnit);
  const perWeight = 1 / real(Slot.WeightUnit);
  const bits = <i64>whole(Slot.WeightBits);
  for (let row = <usize>begin; row < <usize>end; row++) {
    const p = f64x2.extract_lane(probability(v128.load(scores + (row << 3))), 0);
    const weight = load<f64>(weights + (row << 3));
    const gradient = Math.floor((p - <f64>load<u8>(churned + row)) * perGradient + 0.5);
    const hessian = Math.floor(p * (1 - p) * perHessian + 0.5);
    const place = statistics + (row << 4);
    store<i64>(place, <i64>Math.floor(gradient * weight + 0.5));
    store<i64>(place, (<i64>Math.floor(hessian * weight + 0.5) << bits) + <i64>(weight * perWeight), 8);
  }
}

/** Numbers without a fraction, below 2^51 in size, as 64-bit integers. */
@inline
function wholeNumbers(numbers: v128): v128 {
  const shift = f64x2.splat(6755399441055744.0);
  return i64x2.sub(f64x2.add(numbers, shift), shift);
}

@inline
export function probability(score: v128): v128 {
  const one = f64x2.splat(1);
  return f64x2.div(one, f64x2.add(one, exponential(f64x2.neg(score))));
}

/** e^x of two numbers, held to [−700, 700]; every step as in the twin, so that the bits agree. */
@inline
function exponential(x: v128): v128 {
  const held = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-700)), f64x2.splat(700));
  const n = f64x2.floor(f64x2.add(f64x2.mul(held, f64x2.splat(1.4426950408889634)), f64x2.splat(0.5)));
  let r = f64x2.sub(held, f64x2.mul(n, f64x2.splat(0.6931471803691238)));
  r = f64x2.sub(r, f64x2.mul(n, f64x2.splat(1.9082149292705877e-10)));
  // Horner's rule in r² for even and odd terms, so that two chains run side by side.
  const square = f64x2.mul(r, r);
  let even = f64x2.splat(1 / 479001600.0);
  let odd = f64x2.splat(1 / 39916800.0);
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(1 / 3628800.0));
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1 / 362880.0));
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(1 / 40320.0));
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1 / 5040.0));
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(1 / 720.0));
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1 / 120.0));
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(1 / 24.0));
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1 / 6.0));
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(0.5));
  odd = f64x2.add(f64x2.mul(odd, square), f64x2.splat(1));
  even = f64x2.add(f64x2.mul(even, square), f64x2.splat(1));
  const sum = f64x2.add(f64x2.mul(odd, r), even);
  // n + 1023 in the exponent's place: adding 2^52 leaves it in the low bits.
  const power = i64x2.shl(f64x2.add(n, f64x2.splat(4503599627370496.0 + 1023)), 52);
  return f64x2.mul(sum, power);
}
