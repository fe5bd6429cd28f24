import type { TableName } from '../contracts/contract.js';
import type { Reject } from '../tables/raw-table.js';
import type { DoubtAction, DoubtKind } from './doubts/doubt.js';

/** A row of a workspace that was not kept. */
export interface IntakeReject extends Reject {
  /** The canonical table that the row was read for. */
  readonly table: TableName;
  /** As the configuration names it. */
  readonly file: string;
}

/** What became of one file's rows in one canonical table: read = kept + rejected + skipped + dropped. */
export interface IntakeFile {
  readonly table: TableName;
  readonly file: string;
  readonly sha256: string;
  readonly read: number;
  readonly kept: number;
  readonly rejected: number;
  /** Rows that the mapping's `where` left to others. */
  readonly skipped: number;
  /** Rows that were doubted, with `drop` as the answer; they are among the listed rejects. */
  readonly dropped: number;
}

/** The same per canonical table, and how many of the kept and dropped rows a doubt touched. */
export interface IntakeTable extends Omit<IntakeFile, 'file' | 'sha256'> {
  readonly files: readonly string[];
  readonly doubted: number;
}

/** Rows that break no contract and still cannot all be true. */
export interface Doubt {
  readonly kind: DoubtKind;
  readonly table: TableName;
  /** One sentence without the count: "Usage before the account signed up". */
  readonly title: string;
  /** What it may mean and what to do. */
  readonly explanation: string;
  readonly count: number;
  /** Up to five, the first by file and row. */
  readonly examples: readonly { readonly file: string; readonly rowNumber: number; readonly text: string }[];
  readonly action: DoubtAction;
}

/** A remark about a file or a column. */
export interface IntakeNote {
  /** kebab-case, stable. */
  readonly kind: string;
  readonly table?: TableName;
  readonly file?: string;
  readonly message: string;
}

/** A file that was read beside the tables: joined to one, or the list of leavings. */
export interface SideFile {
  readonly file: string;
  readonly sha256: string;
  readonly read: number;
  /** Rows that could not be read, that have no key, or the key of an earlier row. */
  readonly unused: number;
}

/** All that was learned while a workspace was read. */
export interface Intake {
  readonly files: readonly IntakeFile[];
  readonly tables: readonly IntakeTable[];
  readonly sideFiles: readonly SideFile[];
  /** The first 100,000; `rejectCount` counts all. */
  readonly rejects: readonly IntakeReject[];
  readonly rejectCount: number;
  readonly doubts: readonly Doubt[];
  readonly notes: readonly IntakeNote[];
  /** First instant that is not observed any more, in milliseconds since 1970 UTC. */
  readonly observedUntil: number;
}
