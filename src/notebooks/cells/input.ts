import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ChurnError } from '../../errors.js';
import { type CompanyTruth, companyCsv, simulateCompany } from '../../simulation/company.js';
import type { SimulatedCompanyTables } from '../../simulation/tables/company-tables.js';
import { simulatedFiles } from '../../simulation/tables/files.js';
import { type SimulationOptions, simulateTables } from '../../simulation/tables/simulate.js';
import { type ReadTable, readTable } from '../../sources/read-table.js';
import { makeTemporaryFolder, removeTemporary } from '../../sources/temporary-files.js';
import { writeFolderAtomically, writeTextAtomically } from '../../sources/writing/atomic-writes.js';
import type { Intake } from '../../workspace/intake.js';
import { type OpenedWorkspace, openWorkspace } from '../../workspace/open-workspace.js';

/** A file that a notebook was made from. */
export interface InputFile {
  /** Without the folders above the input. */
  readonly name: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** Records in it, header apart. */
  readonly rows: number;
}

/** Dated tables, opened as a company. */
export interface WorkspaceInput extends OpenedWorkspace {
  readonly kind: 'workspace';
  /** Of the company, for titles. */
  readonly name: string;
  readonly sources: readonly InputFile[];
  /** What only a simulated company has. */
  readonly truth?: SimulatedCompanyTables['truth'];
}

/** One flat table in memory, as `train` and `checkTable` take it. */
export interface TableInput {
  readonly kind: 'table';
  readonly name: string;
  readonly table: ReadTable & { readonly file: string };
  readonly sources: readonly InputFile[];
  /** What only a simulated company has; its arrays have one entry per record of the file. */
  readonly truth?: CompanyTruth;
  close(): Promise<void>;
}

/** The simulated company as one flat table. */
export interface FlatSimulation {
  readonly scenario: 'flat-table';
  readonly accounts?: number;
  readonly seed: number;
}

/** What a notebook is about; `kind` says which of the two. */
export type OpenedInput = WorkspaceInput | TableInput;

/** How the folder of simulated tables is called, and so the company in it. */
const SIMULATED = 'simulated-company';
const SIMULATED_TABLE = 'simulated-customers.csv';

/**
 * Opens what a notebook's parameter names: a folder of dated tables as a workspace, a file as one flat table,
 * and `''` a simulated company. Close it when done.
 *
 * @param simulated the company for `''`, of dated tables or, by the scenario `flat-table`, of one row per account; the
 * same options give the same bytes
 * @throws ChurnError `bad-file` when there is nothing of that name, and as `openWorkspace` and `readTable` do
 *
 * @example
 * const input = await openInput('my-company');
 * if (input.kind === 'workspace') console.log(input.intake.tables);
 * await input.close();
 */
export async function openInput(
  input: string,
  simulated: SimulationOptions | FlatSimulation = { seed: 7 },
): Promise<OpenedInput> {
  if (input === '') return isFlat(simulated) ? openSimulatedTable(simulated) : openSimulated(simulated);
  const found = statSync(input, { throwIfNoEntry: false });
  if (!found) {
    throw new ChurnError(
      'bad-file',
      `${input} is neither a folder of dated tables nor a file; seen from ${process.cwd()}`,
      { path: input },
    );
  }
  return found.isDirectory() ? workspaceInput(await openWorkspace(input)) : openTable(input);
}

/**
 * The input as a workspace, for notebooks that need dated tables.
 *
 * @throws ChurnError `bad-option` when it is one flat table
 * @example
 * const input = requireWorkspace(await openInput('my-company'));
 * input.company.tables.has('usage_events'); // true
 * await input.close();
 */
export function requireWorkspace(input: OpenedInput): WorkspaceInput {
  if (input.kind === 'workspace') return input;
  throw new ChurnError(
    'bad-option',
    `this notebook needs a folder of dated tables, accounts and subscriptions at least; ${input.name} is one flat table`,
  );
}

/**
 * The input as one flat table, for notebooks that need one row per account.
 *
 * @throws ChurnError `bad-option` when it is a folder of dated tables
 * @example
 * const input = requireTable(await openInput('customers.csv'));
 * const { leaks } = checkTable(input.table, { target: 'churned' });
 * leaks.map(({ column }) => column); // ['offboarding_ticket']
 * await input.close();
 */
export function requireTable(input: OpenedInput): TableInput {
  if (input.kind === 'table') return input;
  throw new ChurnError(
    'bad-option',
    `this notebook needs one flat table with a row per account; ${input.name} is a folder of dated tables`,
  );
}

const isFlat = (simulated: SimulationOptions | FlatSimulation): simulated is FlatSimulation =>
  simulated.scenario === 'flat-table';

/** The table goes through a file, so that nothing is handed over by the back door. */
async function openSimulatedTable({ accounts, seed }: FlatSimulation): Promise<TableInput> {
  const company = simulateCompany({ seed, ...(accounts === undefined ? {} : { accounts }) });
  const folder = await makeTemporaryFolder();
  try {
    const file = join(folder, SIMULATED_TABLE);
    await writeTextAtomically(file, companyCsv(company));
    return { ...(await openTable(file)), truth: company.truth };
  } finally {
    await removeTemporary(folder);
  }
}

/** The files are gone once they are loaded: a kernel that is killed closes nothing. */
async function openSimulated(options: SimulationOptions): Promise<WorkspaceInput> {
  const simulated = simulateTables(options);
  const folder = await makeTemporaryFolder();
  try {
    const place = join(folder, SIMULATED);
    await writeFolderAtomically(place, Object.fromEntries(simulatedFiles({ ...simulated, truth: {} })));
    return { ...workspaceInput(await openWorkspace(place)), truth: simulated.truth };
  } finally {
    await removeTemporary(folder);
  }
}

function workspaceInput(opened: OpenedWorkspace): WorkspaceInput {
  const { company, intake } = opened;
  return { ...opened, kind: 'workspace', name: company.settings.name, sources: inputFiles(intake) };
}

/** A file that several tables were read from is listed once. */
function inputFiles({ files, sideFiles }: Intake): InputFile[] {
  const all = [...files, ...sideFiles].map(({ file, sha256, read }) => ({ name: file, sha256, rows: read }));
  return [...new Map(all.map((file) => [file.name, file])).values()];
}

async function openTable(path: string): Promise<TableInput> {
  const name = basename(path);
  const table = { ...(await readTable(path)), file: name };
  return {
    kind: 'table',
    name,
    table,
    sources: [{ name, sha256: table.sha256, rows: table.read }],
    close: async () => {},
  };
}
