import type { TableName } from '../contracts/contract.js';
import type { IntakeFile, IntakeNote, IntakeReject, SideFile } from './intake.js';

const MOST_REJECTS = 100_000;
const LONGEST_VALUE = 200;

type Count = 'read' | 'kept' | 'rejected' | 'skipped' | 'dropped';
type Entry = { -readonly [Key in keyof IntakeFile]: IntakeFile[Key] };

/** Counts rows while a workspace is read. A row taken back after it was kept moves from `kept` to where it went. */
export class IntakeLedger {
  readonly rejects: IntakeReject[] = [];
  private readonly notes: IntakeNote[] = [];
  rejectCount = 0;
  private readonly side = new Map<string, SideFile>();
  private readonly unread = new Map<string, readonly string[]>();
  private readonly entries: Entry[] = [];

  /** Begins a file of a table; a file that is read twice for a table is one entry. */
  open(table: TableName, file: string, sha256: string): void {
    if (this.find(table, file)) return;
    this.entries.push({ table, file, sha256, read: 0, kept: 0, rejected: 0, skipped: 0, dropped: 0 });
  }

  count(table: TableName, file: string, what: Count, rows: number): void {
    this.find(table, file)![what] += rows;
  }

  /** A row that is not kept; it still has to be counted as read. */
  reject(reject: IntakeReject): void {
    this.count(reject.table, reject.file, 'rejected', 1);
    this.list(reject);
  }

  /** A row that had been kept and is not any more. */
  takeBack(reject: IntakeReject, as: 'rejected' | 'dropped'): void {
    this.count(reject.table, reject.file, 'kept', -1);
    this.count(reject.table, reject.file, as, 1);
    this.list(reject);
  }

  /** Rejects beyond those that are listed. */
  rejectUnlisted(table: TableName, file: string, rows: number): void {
    this.count(table, file, 'rejected', rows);
    this.rejectCount += rows;
  }

  note(note: IntakeNote): void {
    this.notes.push(note);
  }

  /** Columns of a file that one of its mappings does not read; those that no mapping reads become a note. */
  leaveUnread(file: string, columns: readonly string[]): void {
    const before = this.unread.get(file);
    this.unread.set(file, before ? before.filter((name) => columns.includes(name)) : columns);
  }

  /** A file beside the tables; one that is joined to several is listed once. */
  addSideFile(file: SideFile): void {
    this.side.set(file.file, file);
  }

  sideFiles(): SideFile[] {
    return [...this.side.values()];
  }

  /** All remarks, with those on columns that nothing reads. */
  allNotes(): IntakeNote[] {
    const unread = [...this.unread].filter(([, columns]) => columns.length > 0);
    return [
      ...this.notes,
      ...unread.map(([file, columns]) => ({
        kind: 'unread-columns',
        file,
        message: `${file}: nothing reads ${columns.length === 1 ? 'the column' : 'the columns'} ${columns.join(', ')}`,
      })),
    ];
  }

  files(): IntakeFile[] {
    return this.entries.map((entry) => ({ ...entry }));
  }

  private list(reject: IntakeReject): void {
    this.rejectCount++;
    if (this.rejects.length >= MOST_REJECTS) return;
    this.rejects.push({ ...reject, value: reject.value?.slice(0, LONGEST_VALUE) ?? null });
  }

  private find(table: TableName, file: string): Entry | undefined {
    return this.entries.find((entry) => entry.table === table && entry.file === file);
  }
}
