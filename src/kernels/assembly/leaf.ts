import { Slot } from '../layout';
import { real, whole } from './memory';

@inline
export function hessianOf(mass: i64, bits: i64): f64 {
  return <f64>(mass >> bits) * real(Slot.HessianUnit);
}

@inline
export function weightOf(mass: i64, bits: i64): f64 {
  return <f64>(mass & ((<i64>1 << bits) - 1)) * real(Slot.WeightUnit);
}

/** As `leafQuality` of `src/models/boosted-trees/leaf.ts`, the value held between two bounds. */
@inline
export function quality(gradient: f64, hessian: f64, l1: f64, l2: f64, low: f64, high: f64): f64 {
  const pull = max(abs(gradient) - l1, 0);
  if (low == -Infinity && high == Infinity) return (pull * pull) / (hessian + l2);
  const signed = gradient < 0 ? -pull : pull;
  const free = -signed / (hessian + l2);
  if (free >= low && free <= high) return (pull * pull) / (hessian + l2);
  const value = free < low ? low : high;
  return -(2 * signed * value + (hessian + l2) * value * value);
}

/** The value of a leaf of these sums before the learning rate, held between two bounds. */
@inline
export function valueOf(gradient: f64, hessian: f64, l1: f64, l2: f64, low: f64, high: f64): f64 {
  const pull = max(abs(gradient) - l1, 0);
  const free = -(gradient < 0 ? -pull : pull) / (hessian + l2);
  return free < low ? low : free > high ? high : free;
}

@inline
export function bitsOfWeight(): i64 {
  return <i64>whole(Slot.WeightBits);
}
