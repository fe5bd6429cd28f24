import { expect, it } from 'vitest';
import { fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import {
  boostedTreesSchema,
  type FittedBoostedTrees,
  type Tree,
} from '../../../src/models/boosted-trees/model.js';
import { coarseTable } from './reference-data.js';

const { fitted } = fitBoostedTrees(coarseTable(300), { trees: 2, maxLeaves: 4 });

it('has a schema that refuses trees on which a walk would go astray', () => {
  expect(boostedTreesSchema.safeParse(fitted).success).toBe(true);
  const faults: [string, (tree: Tree) => void][] = [
    ['equal length', (tree) => tree.value.pop()],
    ['asks about feature 9 of 4', (tree) => tree.feature.fill(9, 0, 1)],
    ['children 0 and 1', (tree) => tree.left.fill(0, 0, 1)],
    ['children 100 and 101', (tree) => tree.left.fill(100, 0, 1)],
    ['leftLevels', (tree) => tree.leftLevels[0]!.push(255)],
    ['cover', (tree) => tree.cover.fill(0, 1, 2)],
  ];
  for (const [words, damage] of faults) {
    const damaged = structuredClone(fitted) as FittedBoostedTrees;
    damage(damaged.trees[1]!);
    expect(JSON.stringify(boostedTreesSchema.safeParse(damaged).error?.issues), words).toContain(words);
  }
});

it('has a schema that refuses a tree deeper than its shape allows, and no tree at all', () => {
  const chain: Tree = {
    feature: [],
    threshold: [],
    leftLevels: [],
    missingLeft: [],
    left: [],
    value: [],
    cover: [],
  };
  for (let node = 0; node < 63; node++) {
    const isSplit = node < 62 && node % 2 === 0;
    chain.feature.push(isSplit ? 0 : -1);
    chain.threshold.push(0);
    chain.leftLevels.push([]);
    chain.missingLeft.push(0);
    chain.left.push(isSplit ? node + 1 : 0);
    chain.value.push(0);
    chain.cover.push(1);
  }
  const damaged = { ...fitted, trees: [chain] };
  expect(JSON.stringify(boostedTreesSchema.safeParse(damaged).error?.issues)).toContain('questions deep');
});
