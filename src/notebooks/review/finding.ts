/** The rules that a notebook can break. */
export type FindingKind =
  | 'not-run'
  | 'out-of-order'
  | 'error-output'
  | 'absolute-path'
  | 'undeclared-randomness'
  | 'syntax-error'
  | 'type-error'
  | 'missing-module'
  | 'hidden-state'
  | 'failed'
  | 'stale';

/** Why a notebook is not to be trusted as it stands. */
export interface Finding {
  readonly kind: FindingKind;
  /** Position among all cells of the notebook, from 0. */
  readonly cell: number;
  readonly message: string;
}

/**
 * One line for each finding, as `cell 7: stale: AUC 0.848 → 0.851`; cells are counted from 1.
 *
 * @example
 * describeFindings([{ kind: 'stale', cell: 6, message: 'AUC 0.848 → 0.851' }]);
 */
export function describeFindings(findings: readonly Finding[]): string[] {
  return findings.map(({ kind, cell, message }) => `cell ${cell + 1}: ${kind}: ${message}`);
}
