import { ChurnError } from '../errors.js';

/** How a value is shown; what a kind of value has no use for is passed over. */
export interface DisplayOptions {
  /** Stands above a table. */
  readonly caption?: string;
  /** Which columns of a table, in which order; default: all in theirs. */
  readonly columns?: readonly string[];
  /**
   * Units by column, or by name in a record: `percent` writes a share of 0.123 as `12.3 %`, `cents:EUR` an amount of
   * 123450 cents as `1,234.50` under a head with EUR; any other word stands in the head: `days`, `EUR`.
   */
  readonly units?: Readonly<Record<string, string>>;
  /** Decimals by column, or by name in a record; default: as many as make the column read well. */
  readonly digits?: Readonly<Record<string, number>>;
  /** Rows of data that are shown at most. Default: 20. */
  readonly rows?: number;
}

/** Rows that are shown without asking. */
export const DEFAULT_ROWS = 20;

/** @throws ChurnError `bad-option` for a number of rows or decimals that cannot be had */
export function checkDisplayOptions({ rows = DEFAULT_ROWS, digits = {} }: DisplayOptions): void {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new ChurnError('bad-option', `displayBundle: rows must be a whole number from 1 on, found ${rows}`);
  }
  for (const [column, count] of Object.entries(digits)) {
    if (Number.isInteger(count) && count >= 0 && count <= 20) continue;
    throw new ChurnError(
      'bad-option',
      `displayBundle: digits of "${column}" must be a whole number from 0 to 20, found ${count}`,
    );
  }
}
