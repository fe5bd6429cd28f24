import type { TreeSettings } from './options.js';

/** Gradient, Hessian and weight of a set of rows. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly weight: number;
}

/** What monotone promises leave of a leaf's value, learning rate aside. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const UNBOUNDED: Bounds = { low: -Infinity, high: Infinity };

/**
 * How far a leaf of these sums lowers the penalised loss, times two: (|G| − l1)₊² / (H + l2), or less where the
 * bounds keep its value from the best one.
 */
export function leafQuality(
  gradient: number,
  hessian: number,
  { l1, l2 }: TreeSettings,
  { low, high }: Bounds,
): number {
  const pull = Math.max(Math.abs(gradient) - l1, 0);
  if (low === -Infinity && high === Infinity) return (pull * pull) / (hessian + l2);
  const signed = gradient < 0 ? -pull : pull;
  const free = -signed / (hessian + l2);
  if (free >= low && free <= high) return (pull * pull) / (hessian + l2);
  const value = free < low ? low : high;
  return -(2 * signed * value + (hessian + l2) * value * value);
}

/** The log-odds that a leaf of these sums adds before the learning rate: one Newton step, within the bounds. */
export function leafStep(
  { gradient, hessian }: Sums,
  { l1, l2 }: TreeSettings,
  { low, high }: Bounds,
): number {
  const pull = Math.max(Math.abs(gradient) - l1, 0);
  const free = -(gradient < 0 ? -pull : pull) / (hessian + l2);
  return free < low ? low : free > high ? high : free;
}

/** Whether a leaf may hold no more than this. */
export function isEnough(hessian: number, weight: number, settings: TreeSettings): boolean {
  return weight >= settings.minLeafRows && hessian >= settings.minLeafHessian;
}

export function plus(a: Sums, b: Sums): Sums {
  return {
    gradient: a.gradient + b.gradient,
    hessian: a.hessian + b.hessian,
    weight: a.weight + b.weight,
  };
}

export function minus(a: Sums, b: Sums): Sums {
  return {
    gradient: a.gradient - b.gradient,
    hessian: a.hessian - b.hessian,
    weight: a.weight - b.weight,
  };
}
