import type { TableName } from '../contracts/contract.js';
import { ChurnError } from '../errors.js';
import type { Database } from '../sources/duckdb/database.js';
import { hashFile } from '../sources/hash-file.js';
import { openSource } from '../sources/open-source.js';
import type { Source } from '../sources/source.js';
import { cellText, type RawTable } from '../tables/raw-table.js';
import { findFormats } from './column-format.js';
import type { WorkspaceConfig } from './config.js';
import { constantFault } from './constant-fault.js';
import { checkFormats, wantedFormats } from './file-formats.js';
import type { IntakeLedger } from './ledger.js';
import { joinChunk, type Lookup, openLookups } from './lookup.js';
import { ChunkMapper } from './map-chunk.js';
import type { TableMapping } from './mapping.js';
import type { ToCompanyCents } from './money.js';
import type { CellFault } from './read-column.js';
import { planTable, type TablePlan } from './table-plan.js';
import { TableWriter } from './table-writer.js';
import { locateFile } from './workspace-file.js';

/** Where files are loaded to, and what all of them share. */
export interface LoadTarget {
  readonly folder: string;
  readonly config: WorkspaceConfig;
  readonly database: Database;
  readonly ledger: IntakeLedger;
  readonly toCents: ToCompanyCents;
  /** The account of each subscription that was kept; filled once the subscriptions are. */
  readonly accountOf: Map<string, string>;
  /** Tables that have the column for the subscription that a row names. */
  readonly linked: ReadonlySet<TableName>;
  readonly onProgress: (progress: LoadProgress) => void;
}

/** How far the loading is. */
export interface LoadProgress {
  readonly table: TableName;
  readonly file: string;
  /** Rows read of this file so far. */
  readonly rows: number;
}

/**
 * Streams one file into a canonical table. Rows that the contract does not allow become rejects in the ledger.
 *
 * @param key the mapping's place in the configuration, for messages
 * @throws ChurnError `bad-file`, `missing-column`, `bad-option`
 */
export async function loadFile(
  table: TableName,
  mapping: TableMapping,
  key: string,
  target: LoadTarget,
): Promise<void> {
  const path = locateFile(target.folder, mapping.file, key);
  const source = await openSource(path, mapping.sheet === undefined ? {} : { sheet: mapping.sheet });
  try {
    const lookups = await openLookups(mapping, key, source.columnNames, target.folder, target.ledger);
    const names = [...source.columnNames, ...lookups.flatMap((lookup) => lookup.names)];
    const plan = planTable(table, mapping, key, names, target.config);
    requireConstants(plan);
    target.ledger.open(table, mapping.file, await hashFile(path));
    noteFile(plan, source, target.ledger);
    await target.database.run('BEGIN');
    await new FileLoader(plan, source, lookups, target).load();
    await target.database.run('COMMIT');
  } finally {
    await source.close();
  }
}

class FileLoader {
  private readonly table: TableName;
  private readonly file: string;
  private readonly writer: TableWriter;

  constructor(
    private readonly plan: TablePlan,
    private readonly source: Source,
    private readonly lookups: readonly Lookup[],
    private readonly target: LoadTarget,
  ) {
    this.table = plan.table;
    this.file = plan.mapping.file;
    const names = plan.attributes.map(({ column }) => column.name);
    this.writer = new TableWriter(target.database, this.table, names, target.linked.has(this.table));
  }

  async load(): Promise<void> {
    const { ledger, toCents, config, accountOf } = this.target;
    const formats = await findFormats(this.joined(), wantedFormats(this.plan));
    checkFormats(this.plan, formats, ledger);
    const mapper = new ChunkMapper(this.plan, {
      formats,
      toCents,
      companyCurrency: config.currency,
      accountOf,
      typedAreLocal: this.source.format === 'xlsx',
    });
    let rows = 0;
    for await (const chunk of this.source.chunks()) {
      await this.take(chunk, mapper);
      rows += chunk.rows;
      this.target.onProgress({ table: this.table, file: this.file, rows });
    }
    await this.writer.finish();
    this.countUnreadable();
  }

  private async take(chunk: RawTable, mapper: ChunkMapper): Promise<void> {
    const { table, file } = this;
    const { ledger } = this.target;
    const { joined, faults: early } = this.join(chunk);
    const isMeant = rowTest(joined, this.plan.mapping.where);
    const mapped = mapper.map(joined, early, isMeant);
    let skipped = 0;
    for (let row = 0; row < chunk.rows; row++) if (!isMeant(row)) skipped++;
    for (const [row, fault] of [...mapped.faults].sort(([a], [b]) => a - b)) {
      if (isMeant(row)) ledger.reject({ table, file, rowNumber: chunk.rowNumbers[row]!, ...fault });
    }
    await this.writer.write(mapped, chunk, file);
    ledger.count(table, file, 'kept', mapped.kept.length);
    ledger.count(table, file, 'skipped', skipped);
  }

  private async *joined(): AsyncGenerator<RawTable> {
    for await (const chunk of this.source.chunks()) yield this.join(chunk).joined;
  }

  private join(chunk: RawTable): { joined: RawTable; faults: Map<number, CellFault> } {
    const faults = new Map<number, CellFault>();
    let joined = chunk;
    for (const lookup of this.lookups) {
      const { columns, unmatched } = joinChunk(lookup, joined);
      joined = { ...joined, columns: [...joined.columns, ...columns] };
      if (lookup.join.missing === 'keep') continue;
      const column = Object.values(lookup.join.on).join(', ');
      for (const row of unmatched) {
        if (!faults.has(row))
          faults.set(row, { column, value: null, reason: `finds no row in ${lookup.join.file}` });
      }
    }
    return { joined, faults };
  }

  /** Rows that the file's reader could not make sense of. */
  private countUnreadable(): void {
    const { table, file, source } = this;
    const { ledger } = this.target;
    const rejects = source.rejects();
    for (const reject of rejects) ledger.reject({ table, file, ...reject });
    ledger.rejectUnlisted(table, file, source.rejectCount - rejects.length);
    ledger.count(table, file, 'read', source.readCount);
  }
}

function rowTest(chunk: RawTable, where: TableMapping['where']): (row: number) => boolean {
  const tests = Object.entries(where ?? {}).map(([name, wanted]) => {
    const column = chunk.columns.find((one) => one.name === name)!;
    const texts = new Set([wanted].flat());
    return (row: number) => texts.has(cellText(column, row)?.trim() ?? '');
  });
  return (row) => tests.every((test) => test(row));
}

function requireConstants(plan: TablePlan): void {
  for (const planned of plan.columns) {
    const reason = constantFault(planned);
    if (reason !== null)
      throw new ChurnError('bad-option', `${planned.key}: the constant ${reason}`, { key: planned.key });
  }
}

function noteFile({ table, mapping, unread }: TablePlan, source: Source, ledger: IntakeLedger): void {
  const { file } = mapping;
  for (const { kind, message } of source.notes)
    ledger.note({ kind, table, file, message: `${file}: ${message}` });
  ledger.leaveUnread(file, unread);
}
