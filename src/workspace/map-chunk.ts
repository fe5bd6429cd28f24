import { isMissingText } from '../cleaning/missing.js';
import { cellText, type RawColumn, type RawTable } from '../tables/raw-table.js';
import type { ColumnFormat } from './column-format.js';
import type { ToCompanyCents } from './money.js';
import { type CellFault, type Cells, type ColumnReader, isTextual, readColumn } from './read-column.js';
import { rawColumn, requireCells, type SettledRows, settleDurations, settleMoney } from './settle-cells.js';
import type { PlannedColumn, TablePlan } from './table-plan.js';
import { clockOf, type ToUtc } from './time-zone.js';

/** What the mapping of a chunk needs to know besides its plan. */
export interface MappingContext {
  readonly formats: ReadonlyMap<string, ColumnFormat>;
  readonly toCents: ToCompanyCents;
  readonly companyCurrency: string;
  /** The account of each subscription that was kept. */
  readonly accountOf: ReadonlyMap<string, string>;
  /** Excel's dates show a clock on a wall; Parquet's are in UTC. */
  readonly typedAreLocal: boolean;
}

/** A chunk's rows as a canonical table has them. */
export interface MappedChunk {
  /** The chunk's rows without a fault, ascending. */
  readonly kept: readonly number[];
  /** By canonical column, one cell per row of the chunk. */
  readonly cells: readonly Cells[];
  readonly attributes: readonly Cells[];
  readonly churnFlags: Cells | null;
  /** The subscription that each row names, where the account comes from it. */
  readonly subscriptions: Cells | null;
  readonly faults: ReadonlyMap<number, CellFault>;
}

/** Maps the chunks of one file; clocks are made once. */
export class ChunkMapper {
  private readonly clocks = new Map<string, ToUtc>();

  constructor(
    private readonly plan: TablePlan,
    private readonly context: MappingContext,
  ) {}

  /**
   * @param chunk the file's columns and those of its joins
   * @param early faults that rows have already
   */
  map(
    chunk: RawTable,
    early: ReadonlyMap<number, CellFault>,
    isMeant: (row: number) => boolean,
  ): MappedChunk {
    const faults = new Map(early);
    const report = (row: number, fault: CellFault) => {
      if (!faults.has(row)) faults.set(row, fault);
    };
    const { columns, attributes, churnFlag } = this.plan;
    const cells = columns.map((planned) => this.read(planned, chunk, report));
    const rows: SettledRows = { columns, cells, chunk, report };
    settleDurations(rows);
    settleMoney(rows, this.context.toCents, this.context.companyCurrency);
    requireCells(rows);
    const mapped = {
      cells,
      attributes: attributes.map((planned) => this.read(planned, chunk, report)),
      churnFlags: churnFlag && this.read(churnFlag, chunk, report),
      subscriptions: this.subscriptionNames(chunk),
    };
    const kept: number[] = [];
    for (let row = 0; row < chunk.rows; row++) if (isMeant(row) && !faults.has(row)) kept.push(row);
    return { ...mapped, kept, faults };
  }

  private read(
    planned: PlannedColumn,
    chunk: RawTable,
    report: (row: number, fault: CellFault) => void,
  ): Cells {
    const { column, origin } = planned;
    switch (origin.from) {
      case 'nowhere':
      case 'other-tables':
        return isTextual(column)
          ? new Array(chunk.rows).fill(null)
          : new Float64Array(chunk.rows).fill(Number.NaN);
      case 'row-number':
        return Array.from(chunk.rowNumbers, (number) => `${origin.prefix}${number}`);
      case 'constant':
        return readColumn(
          constantColumn(column.name, origin.text, chunk.rows),
          this.reader(planned, null),
          report,
        );
      case 'subscription':
        return this.accounts(rawColumn(chunk, origin.name), report);
      case 'column': {
        const raw = rawColumn(chunk, origin.name);
        return readColumn(raw, this.reader(planned, raw), report);
      }
    }
  }

  private reader({ column, origin }: PlannedColumn, raw: RawColumn | null): ColumnReader {
    const from = origin.from === 'column' ? origin : null;
    const format = from && this.context.formats.get(from.name);
    const zone = origin.from === 'column' || origin.from === 'constant' ? origin.timeZone : 'UTC';
    const isDuration = from !== null && from.after !== null;
    const order = from?.order ?? (format && format.order !== 'ambiguous' ? format.order : 'ymd');
    const isUtc = raw?.kind === 'instant' && !this.context.typedAreLocal;
    return {
      column,
      values: from?.values ?? new Map(),
      checks: column.kind !== 'cents' && !isDuration,
      manner: {
        kind: isDuration ? 'number' : column.kind,
        isId: column.name.endsWith('_id'),
        keepsNA: column.name === 'country',
        order,
        decimalComma: format?.decimalComma ?? false,
        toUtc: isUtc ? (instant) => instant : this.clock(zone),
      },
    };
  }

  private clock(zone: string): ToUtc {
    const clock = this.clocks.get(zone) ?? clockOf(zone);
    this.clocks.set(zone, clock);
    return clock;
  }

  private accounts(raw: RawColumn, report: (row: number, fault: CellFault) => void): (string | null)[] {
    return Array.from({ length: rowsOf(raw) }, (_, row) => {
      const text = cellText(raw, row);
      if (text === null || isMissingText(text)) return null;
      const account = this.context.accountOf.get(text.trim());
      if (account !== undefined) return account;
      report(row, { column: 'account_id', value: text, reason: 'names no subscription that was kept' });
      return null;
    });
  }

  private subscriptionNames(chunk: RawTable): Cells | null {
    const origin = this.plan.columns.find(({ origin }) => origin.from === 'subscription')?.origin;
    if (origin?.from !== 'subscription') return null;
    const raw = rawColumn(chunk, origin.name);
    return Array.from({ length: chunk.rows }, (_, row) => cellText(raw, row)?.trim() ?? null);
  }
}

function constantColumn(name: string, text: string, rows: number): RawColumn {
  return { kind: 'text', name, codes: new Int32Array(rows), levels: [text] };
}

function rowsOf(raw: RawColumn): number {
  return raw.kind === 'text' ? raw.codes.length : raw.values.length;
}
