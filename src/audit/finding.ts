import type { TableName } from '../contracts/contract.js';
import type { Feature } from '../features/catalogue.js';
import { viewsRead } from '../features/known-views.js';
import type { ATTRIBUTES_TABLE } from '../workspace/company.js';

/**
 * How a raw table knows who left:
 * - `rewritten-after-leaving`: a value without history that was changed, emptied or filled in when the account left;
 * - `computed-at-extraction`: a duration or total that ends with the stay or the extraction;
 * - `arrives-after-leaving`: rows dated before leaving and recorded after it;
 * - `only-before-leaving`: rows that hardly occur but in the last days, with nothing to say when they were recorded.
 */
export type FindingKind =
  | 'rewritten-after-leaving'
  | 'computed-at-extraction'
  | 'arrives-after-leaving'
  | 'only-before-leaving';

/** One way in which the answer got into a table. */
export interface AuditFinding {
  readonly kind: FindingKind;
  readonly table: TableName;
  /** A column of the contract or one of the user's own; for rows, the column that dates them. */
  readonly column: string;
  /** The kind of rows, where it is not all of the table's. */
  readonly rows?: string;
  /** One sentence with the counts. */
  readonly message: string;
  /**
   * `left-out`: training does without `features`; `masked`: `recorded_at` hides the rows until they had arrived, so
   * nothing needs to be done; `doubt`: only somebody who knows the source can tell.
   */
  readonly action: 'left-out' | 'masked' | 'doubt';
  /** Names of the features that read it. */
  readonly features: readonly string[];
}

/** The features that read a column of a table's view, or any of its columns. */
export function featuresReading(
  features: readonly Feature[],
  table: TableName | typeof ATTRIBUTES_TABLE,
  column?: string,
): string[] {
  return features
    .filter(({ from, sql }) => {
      const text = `${from} ${sql}`;
      if (!viewsRead(text).includes(table)) return false;
      return column === undefined || new RegExp(`\\b${column}\\b`, 'iu').test(text);
    })
    .map(({ name }) => name);
}

/** At most one false finding in a thousand clean companies, by the p-values that are compared with it. */
export const FALSE_FINDING = 0.001;

/** `1,234` */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `12 %`, `0.4 %` */
export function percentText(share: number): string {
  const percent = 100 * share;
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : Number(percent.toPrecision(1))} %`;
}
