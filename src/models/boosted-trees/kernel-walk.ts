import { Node, NodeFlag, Size, Slot } from '../../kernels/layout.js';
import type { Workshop } from '../../kernels/workshop.js';
import type { CompiledTrees } from './walk.js';

/** Bytes of inputs that stand in the kernels' memory at a time. */
const BATCH_BYTES = 4 * 2 ** 20;

/** Adds the trees' leaf values to `scores` by the kernels, on all threads of the workshop. */
export function addScoresByKernel(
  workshop: Workshop,
  scores: Float64Array,
  compiled: CompiledTrees,
  inputs: readonly Float64Array[],
): void {
  const used = [...new Set(compiled.feature)].filter((feature) => feature >= 0).sort((a, b) => a - b);
  const batch = Math.min(
    scores.length,
    Math.max(Size.WalkUnit, Math.floor(BATCH_BYTES / 8 / (used.length + 1))),
  );
  const cells = workshop.allocate(batch * used.length * 8);
  const output = workshop.allocate(batch * 8);
  layTrees(workshop, compiled, used);
  workshop.set(Slot.WalkInputs, cells);
  workshop.set(Slot.WalkScores, output);
  workshop.set(Slot.WalkWidth, used.length);
  workshop.set(Slot.WalkCells, workshop.allocate(workshop.threads * Size.WalkUnit * used.length * 8));
  for (let begin = 0; begin < scores.length; begin += batch) {
    const end = Math.min(begin + batch, scores.length);
    const rows = end - begin;
    used.forEach((feature, i) => {
      workshop.f64.set(inputs[feature]!.subarray(begin, end), (cells >> 3) + i * rows);
    });
    workshop.f64.set(scores.subarray(begin, end), output >> 3);
    workshop.set(Slot.WalkRows, rows);
    workshop.kernels.walkTrees();
    scores.set(workshop.f64.subarray(output >> 3, (output >> 3) + rows), begin);
  }
}

/** Whether the features that the trees ask about can be numbered in sixteen bits. */
export function fitsKernel({ feature }: CompiledTrees): boolean {
  return new Set(feature).size < 65_536;
}

function layTrees(workshop: Workshop, compiled: CompiledTrees, used: readonly number[]): void {
  const { roots, feature, threshold, missingLeft, levels, levelGoesLeft, left, value } = compiled;
  const nodes = workshop.allocate(feature.length * Node.Size);
  const rootList = workshop.allocate(roots.length * 4);
  const sides = workshop.allocate(levelGoesLeft.length);
  const { u8, u32, f64 } = workshop;
  const u16 = new Uint16Array(u8.buffer);
  const place = new Map(used.map((own, i) => [own, i]));
  for (let node = 0, at = nodes; node < feature.length; node++, at += Node.Size) {
    const isLeaf = feature[node]! < 0;
    const isCategory = !isLeaf && levels[node]! >= 0;
    f64[(at + Node.Threshold) >> 3] = isLeaf ? value[node]! : isCategory ? levels[node]! : threshold[node]!;
    u32[(at + Node.Left) >> 2] = isLeaf ? node : left[node]!;
    u16[(at + Node.Feature) >> 1] = isLeaf ? 0 : place.get(feature[node]!)!;
    u16[(at + Node.Flags) >> 1] =
      (isLeaf ? 0 : NodeFlag.Split) |
      (missingLeft[node] ? NodeFlag.MissingLeft : 0) |
      (isCategory ? NodeFlag.Category : 0);
  }
  u32.set(roots, rootList >> 2);
  u8.set(levelGoesLeft, sides);
  workshop.set(Slot.WalkTrees, roots.length);
  workshop.set(Slot.WalkRoots, rootList);
  workshop.set(Slot.WalkNodes, nodes);
  workshop.set(Slot.WalkLevels, sides);
}
