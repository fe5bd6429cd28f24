import type { Grid, GridCondition, GridFeature } from '../../../src/flags/search/grid.js';
import { seededRandom } from '../../../src/math/random.js';

/** A grid of random bins: each feature with the conditions "bins up to" and "bins from", and "missing". */
export function randomGrid({
  rows,
  features,
  bins,
  seed,
}: {
  rows: number;
  features: number;
  bins: number;
  seed: number;
}): Grid {
  const random = seededRandom(seed).fork('grid');
  const conditions: GridCondition[] = [];
  const columns: GridFeature[] = [];
  for (let feature = 0; feature < features; feature++) {
    const name = `f${feature}`;
    const from = conditions.length;
    const codes = Uint8Array.from({ length: rows }, () =>
      random.uniform() < 0.1 ? 0 : 1 + random.integer(bins),
    );
    conditions.push({ condition: { test: 'missing', feature: name }, feature, from: 0, to: 1 });
    for (let cut = 2; cut <= bins; cut++) {
      conditions.push(
        { condition: { test: 'below', feature: name, threshold: cut }, feature, from: 1, to: cut },
        { condition: { test: 'at-least', feature: name, threshold: cut }, feature, from: cut, to: bins + 1 },
      );
    }
    if (bins > 3) {
      conditions.push({ condition: { test: 'equals', feature: name, level: '2' }, feature, from: 2, to: 4 });
    }
    columns.push({ name, bins: codes, binCount: bins + 1, from, to: conditions.length });
  }
  return { rows, features: columns, conditions };
}
