/**
 * Platt's targets: what each outcome counts as, so that no finite sample makes a curve certain. With N
 * churners a churner counts as (N + 1) / (N + 2), with M stayers a stayer as 1 / (M + 2).
 *
 * A curve whose mean probability equals the mean target is within 1 / rows of the training rate.
 *
 * @see Platt 1999, "Probabilistic outputs for support vector machines"
 */
export function smoothedTargets(churned: Uint8Array, weights: Float64Array | null): Float64Array {
  const rows = [0, 0];
  for (let row = 0; row < churned.length; row++) rows[churned[row]!]! += weights ? weights[row]! : 1;
  const [stayers, leavers] = rows as [number, number];
  const ofStayer = 1 / (stayers + 2);
  const ofLeaver = (leavers + 1) / (leavers + 2);
  const targets = new Float64Array(churned.length);
  for (let row = 0; row < churned.length; row++) targets[row] = churned[row] ? ofLeaver : ofStayer;
  return targets;
}
