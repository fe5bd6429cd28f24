import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { WorkspaceInput } from '../../src/workspace/config.js';
import { type OpenedWorkspace, type OpenOptions, openWorkspace } from '../../src/workspace/open-workspace.js';

/** A folder with the given files, removed after `use`. */
export async function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'churnlab-workspace-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Loads a workspace of the given files, and a configuration where there is one, and closes it after `use`. */
export function withWorkspace<Result>(
  files: Readonly<Record<string, string>>,
  config: WorkspaceInput | null,
  use: (opened: OpenedWorkspace) => Promise<Result>,
  options: OpenOptions = {},
): Promise<Result> {
  const all = config === null ? files : { ...files, 'churnlab.config.json': JSON.stringify(config) };
  return inFolder(all, async (folder) => {
    const opened = await openWorkspace(folder, options);
    try {
      return await use(opened);
    } finally {
      await opened.close();
    }
  });
}

/** Lines as a csv file. */
export const csv = (...lines: readonly string[]) => `${lines.join('\n')}\n`;

/** Two accounts, each with a subscription. */
export const SMALL_COMPANY = {
  'accounts.csv': csv('account_id,created_at', 'a,2024-01-01', 'b,2024-02-01'),
  'subscriptions.csv': csv(
    'subscription_id,account_id,started_at,ended_at,mrr_cents',
    's1,a,2024-01-01,,1000',
    's2,b,2024-02-01,2024-04-01,2000',
  ),
};
