import { weighDateOrder } from '../cleaning/date-order.js';
import { isMissingText } from '../cleaning/missing.js';
import { weighNumberFormat } from '../cleaning/number-format.js';
import type { DateOrder } from '../cleaning/parse-date.js';
import { tallyTexts } from '../cleaning/tally.js';
import type { RawColumn, RawTable } from '../tables/raw-table.js';

/** How a file's column writes dates and numbers. */
export interface ColumnFormat {
  readonly order: DateOrder | 'ambiguous';
  readonly decimalComma: boolean;
  /** A text that reads two ways, where the column's texts do not say which; `null` where they do. */
  readonly unclear: string | null;
  /** Rows that only the other order of day and month could read. */
  readonly contraryRows: number;
}

/** What a column is read as, which decides what is looked for in it. */
export type FormatKind = 'instant' | 'number';

/** Distinct texts of a column that are weighed; more only repeat what these say. */
const MOST_TEXTS = 100_000;

/**
 * How the named columns write dates and numbers. Columns that begin plainly (ISO dates, numbers that read one way) are
 * taken at their word; for the others the whole file is looked through, as one day above 12 proves an order.
 *
 * @param chunks the file from its first row
 */
export async function findFormats(
  chunks: AsyncIterable<RawTable>,
  wanted: ReadonlyMap<string, FormatKind>,
): Promise<Map<string, ColumnFormat>> {
  const evidence = new Map([...wanted].map(([name, kind]) => [name, new FormatEvidence(kind)]));
  if (evidence.size === 0) return new Map();
  for await (const { columns } of chunks) {
    for (const column of columns) evidence.get(column.name)?.add(column);
    if ([...evidence.values()].every((found) => found.isPlain)) break;
  }
  return new Map([...evidence].map(([name, found]) => [name, found.weigh()]));
}

/** A column's distinct texts over chunks; of dates without the time of day, which says nothing. */
class FormatEvidence {
  private readonly counts = new Map<string, number>();
  private isTyped = false;

  constructor(private readonly kind: FormatKind) {}

  add(column: RawColumn): void {
    if (column.kind !== 'text') {
      this.isTyped = true;
      return;
    }
    const tally = tallyTexts(column);
    tally.texts.forEach((text, index) => {
      if (isMissingText(text)) return;
      const weighed = this.kind === 'instant' ? text.trim().split(/[T\s]/u, 1)[0]! : text;
      const known = this.counts.get(weighed);
      if (known === undefined && this.counts.size >= MOST_TEXTS) return;
      this.counts.set(weighed, (known ?? 0) + tally.counts[index]!);
    });
  }

  /** Whether the texts so far leave nothing to find out. */
  get isPlain(): boolean {
    if (this.isTyped) return true;
    if (this.counts.size === 0) return false;
    const { order, decimalComma, unclear } = this.weigh();
    return this.kind === 'instant' ? order === 'ymd' : !decimalComma && unclear === null;
  }

  weigh(): ColumnFormat {
    const texts = [...this.counts.keys()];
    const counts = [...this.counts.values()];
    if (this.kind === 'instant') {
      const { order, example, contraryRows } = weighDateOrder(texts, counts);
      return { order, decimalComma: false, unclear: order === 'ambiguous' ? example : null, contraryRows };
    }
    const { decimal, example } = weighNumberFormat(texts, counts);
    return {
      order: 'ymd',
      decimalComma: decimal === 'comma',
      unclear: decimal === 'either' ? example : null,
      contraryRows: 0,
    };
  }
}
