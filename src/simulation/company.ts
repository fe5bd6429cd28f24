import { ChurnError } from '../errors.js';
import { permutation, type Random, seededRandom } from '../math/random.js';
import { sigmoid } from '../models/model.js';
import { drawAccount, type SimulatedAccount } from './account.js';
import { accountColumns, type SimulatedColumn } from './columns.js';
import { addDirt, type Dirt } from './dirt.js';
import { isGivingUp, trueScore } from './hazard.js';

/** What the table does not say: every array has one entry per written row, repeats included. */
export interface CompanyTruth extends Dirt {
  /** The true chance to leave, known before the outcome was drawn. */
  readonly probability: Float64Array;
  /** The outcome, 1 left and 0 stayed; it is also in the table, as `churned` yes or no. */
  readonly churned: Uint8Array;
  /** Whether the planted compound fact holds. */
  readonly givingUp: Uint8Array;
  /** Columns that know the outcome. */
  readonly leaks: readonly string[];
}

/** A company that never existed: its table as its systems would export it, and the truth behind it. */
export interface SimulatedCompany {
  readonly rows: number;
  readonly columns: readonly SimulatedColumn[];
  readonly truth: CompanyTruth;
}

/**
 * Simulates a subscription software company: one row per account as of one day, with at least one
 * indicator for every health aspect, and whether the account left in the 90 days after.
 *
 * The true chance of each account is `sigmoid(trueScore(account))`, see `hazardTerms`; the outcome is one
 * draw from it. Planted on purpose, and documented with measured figures in `data/README.md`:
 * - a compound fact: no login for two weeks, more than ten cases in 30 days and satisfaction below 5 are
 *   each followed by *less* leaving than the base rate of 20 %, all three together by 42 %;
 * - a leak: `offboarding_ticket` is filled in for 90 % of those who left and 0.2 % of those who stayed;
 * - dirt: three words for "missing", a decimal comma, cells that are no numbers, exact repeats.
 *
 * The same options give the same table, cell for cell.
 *
 * @example
 * const { rows, truth } = simulateCompany({ accounts: 500, seed: 7 });
 * rows; // 503
 * truth.duplicateRows.length; // 3
 *
 * @throws ChurnError `bad-option` below 10 accounts
 */
export function simulateCompany({
  accounts = 4000,
  seed,
}: {
  accounts?: number;
  seed: number;
}): SimulatedCompany {
  if (!Number.isSafeInteger(accounts) || accounts < 10) {
    throw new ChurnError(
      'bad-option',
      `simulateCompany needs a whole number of accounts from 10 up, found ${accounts}`,
    );
  }
  const random = seededRandom(seed).fork('company');
  const drawn = drawAccounts(accounts, random.fork('accounts'));
  const probability = Float64Array.from(drawn, (account) => sigmoid(trueScore(account)));
  const outcome = random.fork('outcomes');
  const churned = Uint8Array.from(probability, (p) => (outcome.uniform() < p ? 1 : 0));
  const clean = [
    ...accountColumns(drawn, random.fork('cells')),
    leakColumn(churned, random.fork('leak')),
    { name: 'churned', cells: Array.from(churned, (left) => (left ? 'yes' : 'no')) },
  ];
  const { columns, accountOfRow, malformedRows, duplicateRows } = addDirt(
    clean,
    accounts,
    random.fork('dirt'),
  );
  return {
    rows: accountOfRow.length,
    columns,
    truth: {
      probability: Float64Array.from(accountOfRow, (account) => probability[account]!),
      churned: Uint8Array.from(accountOfRow, (account) => churned[account]!),
      givingUp: Uint8Array.from(accountOfRow, (account) => (isGivingUp(drawn[account]!) ? 1 : 0)),
      leaks: ['offboarding_ticket'],
      malformedRows,
      duplicateRows,
    },
  };
}

/**
 * The table as the text of a CSV file (UTF-8, comma, `\n`). Cells are written as they stand: this stands
 * in for a file that churnlab reads, so nothing is cleaned or neutralised on the way.
 *
 * @example
 * await writeTextAtomically('company.csv', companyCsv(simulateCompany({ accounts: 50, seed: 7 })));
 */
export function companyCsv({ columns, rows }: SimulatedCompany): string {
  const lines = [columns.map(({ name }) => name).join(',')];
  for (let row = 0; row < rows; row++) lines.push(columns.map(({ cells }) => quoted(cells[row]!)).join(','));
  return `${lines.join('\n')}\n`;
}

function drawAccounts(accounts: number, random: Random): SimulatedAccount[] {
  return Array.from({ length: accounts }, () => drawAccount(random));
}

/** A ticket that the support team opens when an account leaves, and at times by mistake. */
function leakColumn(churned: Uint8Array, random: Random): SimulatedColumn {
  const order = permutation(churned.length, random);
  const leavers = order.filter((account) => churned[account] === 1);
  const stayers = order.filter((account) => churned[account] === 0);
  const cells = new Array<string | null>(churned.length).fill(null);
  for (const account of leavers.slice(0, Math.round(leavers.length * 0.9))) {
    cells[account] = random.uniform() < 0.7 ? 'done' : 'open';
  }
  for (const account of stayers.slice(0, Math.round(stayers.length * 0.002))) cells[account] = 'open';
  return { name: 'offboarding_ticket', cells };
}

function quoted(cell: string | null): string {
  if (cell === null) return '';
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
