/**
 * One leaf as a game of the features on its path: what it gives to a row of which only some features are
 * known. Features are counted along the path; bit i of `met` is 1 when the row meets the path's conditions on
 * feature i.
 */
export interface LeafGame {
  /** What the leaf gives to a row of which nothing is known. */
  readonly mean: number;
  /** Adds each feature's Shapley value to `pushes`. */
  addShapley(pushes: Float64Array, met: number): void;
  /**
   * Adds the Shapley interaction index of each pair of features to `pushes`: what both known together give beyond
   * each alone. Pairs in the order (0, 1), (0, 2), …, (1, 2), …
   */
  addInteractions(pushes: Float64Array, met: number): void;
}
