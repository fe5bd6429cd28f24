import { ChurnError } from '../../errors.js';
import type { FeatureSpec } from '../../tables/align.js';

/** Promises about the model's shape; every one may be left out. */
export interface TreeConstraints {
  /**
   * By feature: 1 when the score may never fall as the number rises, all else equal; −1 when it may never
   * rise.
   */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /**
   * Sets of features that may meet on one path from root to leaf; features that are in no set form one more. Without it
   * all may.
   */
  readonly interactions?: readonly (readonly string[])[];
  /** Features that may meet on one path: 1 gives an additive model, 2 a pairwise one. */
  readonly maxInteraction?: number;
}

/**
 * The monotone direction of every feature, 0 where nothing is promised.
 *
 * @throws ChurnError `bad-option` for a name that is no number feature, or another direction
 */
export function monotoneDirections(
  features: readonly FeatureSpec[],
  monotone: TreeConstraints['monotone'] = {},
): Int32Array {
  for (const [name, direction] of Object.entries(monotone)) {
    const feature = features.find((own) => own.name === name);
    if (feature?.kind !== 'number' || (direction !== 1 && direction !== -1)) {
      throw new ChurnError(
        'bad-option',
        `fitBoostedTrees: monotone takes number features with 1 or −1, found ${name}: ${String(direction)}` +
          (feature ? ` for a ${feature.kind}` : ', which is not among the features'),
        { option: 'monotone' },
      );
    }
  }
  return Int32Array.from(features, ({ name }) => (Object.hasOwn(monotone, name) ? monotone[name]! : 0));
}

/**
 * Which columns may be asked about below a path: a function of the path's columns and of those that the tree
 * may ask about at all (one byte each).
 *
 * @throws ChurnError `bad-option` for names that are no features, or a `maxInteraction` below 1
 */
export function interactionRule(
  features: readonly FeatureSpec[],
  { interactions, maxInteraction }: TreeConstraints,
): (path: readonly number[], sampled: Uint8Array) => Uint8Array {
  if (maxInteraction !== undefined && !(Number.isInteger(maxInteraction) && maxInteraction >= 1)) {
    throw new ChurnError(
      'bad-option',
      `fitBoostedTrees: maxInteraction must be a whole number from 1, found ${maxInteraction}`,
      { option: 'maxInteraction' },
    );
  }
  const sets = interactions && interactionSets(features, interactions);
  if (!sets && maxInteraction === undefined) return (_path, sampled) => sampled;
  return (path, sampled) =>
    sampled.map((isSampled, column) => {
      if (!isSampled) return 0;
      if (path.includes(column)) return 1;
      if (maxInteraction !== undefined && path.length >= maxInteraction) return 0;
      return !sets || sets.some((set) => set.has(column) && path.every((own) => set.has(own))) ? 1 : 0;
    });
}

function interactionSets(
  features: readonly FeatureSpec[],
  interactions: readonly (readonly string[])[],
): Set<number>[] {
  const sets = interactions.map(
    (names) =>
      new Set(
        names.map((name) => {
          const column = features.findIndex((own) => own.name === name);
          if (column >= 0) return column;
          throw new ChurnError(
            'bad-option',
            `fitBoostedTrees: interactions name ${name}, which is not among the features`,
            { option: 'interactions' },
          );
        }),
      ),
  );
  const rest = [...features.keys()].filter((column) => !sets.some((set) => set.has(column)));
  return rest.length > 0 ? [...sets, new Set(rest)] : sets;
}
