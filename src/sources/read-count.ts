import type { Reject } from '../tables/raw-table.js';

const LISTED = 100_000;
const SHOWN_CHARACTERS = 200;

/** Counts the records of one reading and lists those that could not be read, in flat memory. */
export class ReadCount {
  /** Records seen so far; the last one's row number. */
  read = 0;
  rejected = 0;
  readonly listed: Reject[] = [];

  /** Notes that the record read last cannot be kept. */
  reject(reason: string, value: string | null, column: string | null = null): void {
    this.rejected++;
    if (this.listed.length === LISTED) return;
    const shown = value === null ? null : cutText(value);
    this.listed.push({ rowNumber: this.read, column, value: shown, reason });
  }
}

/** At most 200 characters, never half of a surrogate pair, and a copy: a slice would keep the whole text alive. */
export function cutText(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  const last = text.charCodeAt(SHOWN_CHARACTERS - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return Buffer.from(text.slice(0, isHalf ? SHOWN_CHARACTERS - 1 : SHOWN_CHARACTERS)).toString();
}
