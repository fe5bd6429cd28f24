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

/** What a rule says of one cell. */
export interface CellFinding {
  readonly kind: FindingKind;
  /** Position among all cells of the notebook, from 0. */
  readonly cell: number;
  readonly message: string;
}

/** Why a notebook is not to be trusted as it stands. */
export interface Finding extends CellFinding {
  /** What Jupyter shows beside the cell when all have run from top to bottom. */
  readonly number: number;
}

/**
 * One line for each finding, as `cell 7: stale: AUC 0.848 → 0.851`.
 *
 * @example
 * describeFindings([{ kind: 'stale', cell: 12, number: 7, message: 'AUC 0.848 → 0.851' }]); // ['cell 7: stale: AUC 0.848 → 0.851']
 */
export function describeFindings(findings: readonly Finding[]): string[] {
  return findings.map(({ kind, number, message }) => `cell ${number}: ${kind}: ${message}`);
}
