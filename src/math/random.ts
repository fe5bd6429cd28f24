import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random numbers, always an argument and never module state. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** Standard normal. */
  normal(): number;
  /** An independent stream for the named part of the work; the same name gives the same stream. */
  fork(name: string): Random;
}

/**
 * A stream from a seed (any safe integer).
 *
 * @example
 * const random = seededRandom(7);
 * const die = random.integer(6) + 1;
 * die === seededRandom(7).integer(6) + 1; // true
 */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(mix(seed | 0, Math.floor(seed / 0x1_0000_0000) | 0));
  const uniform = (): number => {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  };
  return {
    uniform,
    integer: (below) => Math.floor(uniform() * below),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    fork: (name) => seededRandom(mix(seed | 0, hashText(name))),
  };
}

/**
 * A shuffled copy of 0 … length − 1 (Fisher–Yates).
 *
 * @example
 * permutation(4, seededRandom(7)).sort(); // [0, 1, 2, 3]
 */
export function permutation(length: number, random: Random): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}

/** 32-bit FNV-1a of a text. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** Murmur3's finaliser over two words, so that near seeds give far streams. */
function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b ^ 0x7f4a7c15, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
