import { stat } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import {
  ChurnError,
  DOUBT_KINDS,
  type DoubtAction,
  type DoubtKind,
  type OpenedWorkspace,
  openWorkspace,
} from '../index.js';
import type { Terminal } from './terminal.js';

/** `drop`, or `before-sign-up=drop`: what is done with rows in doubt. */
export type OnDoubtFlag = Partial<Record<DoubtKind, DoubtAction>>;

const ACTIONS: readonly DoubtAction[] = ['keep', 'drop', 'fail'];

/** For the help of every command that opens a workspace. */
export const ON_DOUBT_HELP =
  'keep, drop or fail on rows in doubt, all or KIND=ACTION; may be repeated (kinds: `churnlab check` names them)';

/** Reads `--on-doubt`; later ones win. */
export function parseOnDoubt(text: string, before: OnDoubtFlag = {}): OnDoubtFlag {
  const [first, second] = text.split('=');
  const action = ACTIONS.find((known) => known === (second ?? first));
  if (action === undefined) throw new InvalidArgumentError(`needed: ${ACTIONS.join(', ')}, or KIND=ACTION.`);
  if (second === undefined) {
    return { ...before, ...Object.fromEntries(DOUBT_KINDS.map((kind) => [kind, action])) };
  }
  const kind = DOUBT_KINDS.find((known) => known === first);
  if (kind === undefined) throw new InvalidArgumentError(`the kinds of doubt are ${DOUBT_KINDS.join(', ')}.`);
  return { ...before, [kind]: action };
}

/** Reads a date of the form YYYY-MM-DD as midnight UTC. */
export function parseDay(text: string): number {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('needed: a day such as 2024-03-01.');
  }
  return day;
}

/** Whether the input is a folder of dated tables and not one flat table. */
export async function isWorkspace(input: string): Promise<boolean> {
  return stat(input).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Opens a workspace, tells what was rejected and doubted on stderr, does the work and closes it.
 *
 * @throws ChurnError `bad-option` when the input is no folder
 */
export async function withWorkspace<Result>(
  input: string,
  onDoubt: OnDoubtFlag | undefined,
  terminal: Terminal,
  work: (opened: OpenedWorkspace) => Promise<Result>,
): Promise<Result> {
  if (!(await isWorkspace(input))) {
    throw new ChurnError(
      'bad-file',
      `${input} is no folder of tables; this command needs a workspace (churnlab.config.ts, or accounts.csv, subscriptions.csv, …)`,
    );
  }
  terminal.log(`Reading ${input}`);
  const bar = terminal.progress();
  const opened = await openWorkspace(input, {
    onDoubt: onDoubt ?? {},
    onProgress: ({ file, rows }) => bar.update(`${file}, ${rows.toLocaleString('en-US')} rows`, 0),
  }).finally(bar.stop);
  try {
    const { tables, doubts } = opened.intake;
    const rejected = tables.reduce((sum, table) => sum + table.rejected + table.dropped, 0);
    if (rejected > 0)
      terminal.log(`${rejected.toLocaleString('en-US')} rows rejected; churnlab check lists them`);
    for (const { table, title, count, action } of doubts) {
      terminal.log(
        `Doubt: ${table}: ${title}, ${count.toLocaleString('en-US')} rows, ${action === 'drop' ? 'dropped' : 'kept'}`,
      );
    }
    return await work(opened);
  } finally {
    await opened.close();
  }
}
