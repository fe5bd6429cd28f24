import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  companyCsv,
  openSink,
  readTable,
  saveBundle,
  simulateCompany,
  train,
  writeTextAtomically,
} from '../src/index.js';

const ACCOUNTS = 4_000;

/**
 * Rows per second and peak memory of `churnlab score` on Parquet files of the simulated company, repeated
 * to the wanted size with ids of their own.
 *
 * `npm run bench -- score [1000000 5000000]`
 */
export async function benchScore(args: readonly string[]): Promise<void> {
  const sizes = args.length > 0 ? args.map(Number) : [1_000_000, 5_000_000];
  const folder = mkdtempSync(join(tmpdir(), 'churnlab-bench-'));
  try {
    const csv = join(folder, 'customers.csv');
    await writeTextAtomically(csv, companyCsv(simulateCompany({ accounts: ACCOUNTS, seed: 7 })));
    const training = await train(
      { ...(await readTable(csv)), file: 'customers.csv' },
      { target: 'churned', id: 'account_id', seed: 7, timeBudgetSeconds: 10 },
    );
    await saveBundle(join(folder, 'model'), training);
    console.log(`model: ${training.card.chosen} (${training.card.candidates.at(-1)!.settings})\n`);
    console.log('      rows   input MB   seconds    rows/s   peak memory MB');
    for (const rows of sizes) await benchSize(folder, rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function benchSize(folder: string, rows: number): Promise<void> {
  const input = join(folder, `customers-${rows}.parquet`);
  await writeCopies(input, rows);
  const { seconds, peakBytes } = await timeScore(folder, input);
  console.log(
    [
      String(rows).padStart(10),
      (statSync(input).size / 1e6).toFixed(0).padStart(10),
      seconds.toFixed(1).padStart(9),
      Math.round(rows / seconds)
        .toLocaleString('en-US')
        .padStart(9),
      (peakBytes / 1e6).toFixed(0).padStart(16),
    ].join(''),
  );
}

async function writeCopies(path: string, rows: number): Promise<void> {
  const { columns } = simulateCompany({ accounts: ACCOUNTS, seed: 8 });
  const sink = await openSink(
    path,
    columns.map(({ name }) => ({ name, kind: 'text' })),
  );
  for (let start = 0; start < rows; start += ACCOUNTS) {
    const wanted = Math.min(ACCOUNTS, rows - start);
    await sink.append(
      columns.map(({ name, cells }) =>
        name === 'account_id'
          ? Array.from({ length: wanted }, (_, i) => `A${start + i}`)
          : cells.slice(0, wanted),
      ),
    );
  }
  await sink.finish();
}

/** Runs the command in a process of its own and watches its resident memory. */
function timeScore(folder: string, input: string): Promise<{ seconds: number; peakBytes: number }> {
  const started = process.hrtime.bigint();
  const child = spawn(
    process.execPath,
    [
      'dist/cli/main.js',
      'score',
      input,
      '--model',
      join(folder, 'model'),
      '--out',
      join(folder, 'scores.parquet'),
      '--quiet',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, residentPeak(child.pid!));
  }, 100);
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      clearInterval(watch);
      if (code !== 0) reject(new Error(`score ended with ${code}`));
      else resolve({ seconds: Number(process.hrtime.bigint() - started) / 1e9, peakBytes });
    });
  });
}

function residentPeak(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'));
  return line ? Number(line[1]) * 1024 : 0;
}
