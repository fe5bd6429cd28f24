import type { Random } from '../../math/random.js';

/** One of the names, with the given shares (which add up to 1). */
export function pick<K extends string>(random: Random, shares: Readonly<Record<K, number>>): K {
  const at = random.uniform();
  let reached = 0;
  let last: K | undefined;
  for (const name in shares) {
    last = name;
    reached += shares[name];
    if (at < reached) return name;
  }
  return last!;
}

/** One of the items, all alike. */
export const oneOf = <T>(random: Random, items: readonly T[]): T => items[random.integer(items.length)]!;

/** A whole number from `low` to `high`, both included. */
export const between = (random: Random, low: number, high: number): number =>
  low + random.integer(high - low + 1);

export const chance = (random: Random, probability: number): boolean => random.uniform() < probability;

/** A Poisson count, by multiplying uniforms; meant for means below 30. */
export function poisson(random: Random, mean: number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > floor; product *= random.uniform()) count++;
  return count;
}

export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.uniform());

/** Median 1. */
export const logNormal = (random: Random, sigma: number): number => Math.exp(sigma * random.normal());

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);
