import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type OpenedInput,
  openInput,
  requireTable,
  requireWorkspace,
} from '../../../src/notebooks/cells/input.js';
import { checkTable } from '../../../src/profiling/check-table.js';

let folder: string;
const closing: OpenedInput[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
});
afterAll(async () => {
  for (const input of closing) await input.close();
  await rm(folder, { recursive: true });
});

async function opened(...given: Parameters<typeof openInput>): Promise<OpenedInput> {
  const input = await openInput(...given);
  closing.push(input);
  return input;
}

describe('openInput', () => {
  it('simulates a company for an empty input: the same bytes each time, the truth apart', async () => {
    const [one, two] = [
      requireWorkspace(await opened('', { accounts: 40, months: 6, seed: 3 })),
      requireWorkspace(await opened('', { accounts: 40, months: 6, seed: 3 })),
    ];
    expect(one.name).toBe('simulated-company');
    expect(one.sources.find(({ name }) => name === 'accounts.csv')).toEqual({
      name: 'accounts.csv',
      rows: expect.any(Number),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(one.sources).toEqual(two.sources);
    expect(one.truth?.['scenario']).toMatchObject({ scenario: 'base', seed: 3 });
    expect(await one.company.database.value('SELECT count(*) FROM accounts')).toBeGreaterThan(30);
  });

  it('simulates one flat table too, its truth row by row', async () => {
    const input = requireTable(await opened('', { scenario: 'flat-table', accounts: 200, seed: 3 }));
    expect(input.sources).toMatchObject([{ name: 'simulated-customers.csv' }]);
    expect(input.truth?.probability).toHaveLength(input.table.read);
  });

  it('leaves no folder behind when the simulated company is closed', async () => {
    const place = await mkdtemp(join(folder, 'temporary-'));
    vi.stubEnv('TMPDIR', place);
    const input = await openInput('', { accounts: 20, months: 3, seed: 1 }).finally(() => vi.unstubAllEnvs());
    expect(readdirSync(place)).toHaveLength(1);
    await input.close();
    expect(readdirSync(place)).toEqual([]);
  });

  it('opens a folder as a workspace, without any truth', async () => {
    const place = join(folder, 'shop');
    await mkdir(place);
    await writeFile(join(place, 'accounts.csv'), 'account_id,created_at\na,2024-01-01\nb,2024-02-01\n');
    const input = requireWorkspace(await opened(place));
    expect(input.name).toBe('shop');
    expect(input.sources).toMatchObject([{ name: 'accounts.csv', rows: 2 }]);
    expect('truth' in input).toBe(false);
    expect(() => requireTable(input)).toThrow(/needs one flat table .*; shop is a folder/);
  });

  it('reads a file as one table, ready to be checked', async () => {
    const path = join(folder, 'customers.csv');
    await writeFile(path, 'id,churned\na,yes\nb,no\nc,no\n');
    const input = requireTable(await opened(path));
    expect(input.sources).toEqual([{ name: 'customers.csv', rows: 3, sha256: input.table.sha256 }]);
    expect(checkTable(input.table, { target: 'churned', id: 'id' })).toMatchObject({
      file: 'customers.csv',
      read: 3,
    });
    expect(() => requireWorkspace(input)).toThrow(
      /needs a folder of dated tables.*customers\.csv is one flat/,
    );
  });

  it('says from where it looked for what is not there', async () => {
    await expect(openInput('no/where')).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringContaining(process.cwd()),
    });
  });
});
