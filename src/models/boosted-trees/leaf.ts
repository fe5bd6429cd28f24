import type { Sums } from './histogram.js';
import type { TreeSettings } from './options.js';

/** How far a leaf of these sums lowers the penalised loss, times two: (|G| − l1)₊² / (H + l2). */
export function leafQuality(gradient: number, hessian: number, { l1, l2 }: TreeSettings): number {
  const pull = Math.max(Math.abs(gradient) - l1, 0);
  return (pull * pull) / (hessian + l2);
}

/** The log-odds that a leaf of these sums adds: one Newton step, times the learning rate. */
export function leafValue({ gradient, hessian }: Sums, { l1, l2, learningRate }: TreeSettings): number {
  const pull = Math.max(Math.abs(gradient) - l1, 0);
  return pull === 0 ? 0 : (-Math.sign(gradient) * pull * learningRate) / (hessian + l2);
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
