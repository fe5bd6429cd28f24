import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { python, pythonLibraries } from './python.js';
import type { Figures } from './quality-figures.js';

const SCRIPT = 'test/references/same_folds.py';

/** Which rows of a table are held out together. */
export interface DealtFolds {
  readonly table: string;
  /** For each repeat the fold of every row in the file's order; −1: not used. */
  readonly folds: readonly (readonly number[])[];
  /** The outcome of every row in the file's order. */
  readonly churned: readonly number[];
}

/** What a model of another library scored. */
export type Reference = Partial<Figures> & {
  readonly logLoss: number;
  /** Of all its folds, one thread each; unknown of stored figures. */
  readonly seconds?: number;
};

export type References = Readonly<Record<string, Reference>>;

/** What other libraries score, and whether it is on our folds. */
export interface ReferenceSource {
  readonly sameFolds: boolean;
  referencesOf(dealt: DealtFolds): References;
}

/**
 * References that learn on the very folds, where Python has the libraries or `cache` holds their figures; else the
 * stored ones of scikit-learn on folds of its own.
 *
 * @param cache a JSON file of figures by table and folds, read and added to; `null` keeps nothing
 */
export function referenceSource(dataFolder: string, cache: string | null): ReferenceSource {
  const versions = pythonLibraries(SCRIPT);
  const canRun = versions['scikit-learn'] !== undefined && versions['pandas'] !== undefined;
  if (!canRun && !(cache && existsSync(cache))) {
    console.log(
      `no scikit-learn and pandas in "${python()}" (CHURNLAB_PYTHON): stored figures of other folds`,
    );
    const stored = JSON.parse(readFileSync('test/references/quality.json', 'utf8'));
    return { sameFolds: false, referencesOf: ({ table }) => stored[table] ?? {} };
  }
  return {
    sameFolds: true,
    referencesOf: (dealt) => {
      const known = cache && existsSync(cache) ? JSON.parse(readFileSync(cache, 'utf8')) : {};
      const key = `${dealt.table} ${createHash('sha256').update(JSON.stringify(dealt)).digest('hex').slice(0, 16)}`;
      if (known[key]) return known[key];
      if (!canRun) return {};
      const figures = fitReferences(dataFolder, dealt);
      if (cache) writeFileSync(cache, `${JSON.stringify({ ...known, [key]: figures }, null, 1)}\n`);
      return figures;
    },
  };
}

function fitReferences(dataFolder: string, dealt: DealtFolds): References {
  const folder = mkdtempSync(join(tmpdir(), 'churnlab-bench-'));
  try {
    const file = join(folder, 'folds.json');
    writeFileSync(file, JSON.stringify(dealt));
    const printed = execFileSync(python(), [SCRIPT, dataFolder, file], {
      encoding: 'utf8',
      // The folds run side by side, so that each library gets one thread.
      env: { ...process.env, OMP_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return JSON.parse(printed);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where ours stands among the libraries, each judged by the best of its settings. */
export interface Standing {
  /** Rank by log loss, 1 the best, by library; ours is `churnlab`. */
  readonly ranks: Readonly<Record<string, number>>;
  readonly bestReference: string;
  /** Our log loss over the best reference's, less 1. */
  readonly behind: number;
}

/** The libraries' settings follow their names: `LightGBM tuned`. Equal log losses share the better rank. */
export function standingOf(ours: number, references: References): Standing {
  const best = new Map([['churnlab', ours]]);
  for (const [model, { logLoss }] of Object.entries(references)) {
    const library = model.replace(/ (default|tuned)$/, '');
    best.set(library, Math.min(logLoss, best.get(library) ?? Number.POSITIVE_INFINITY));
  }
  const losses = [...best.values()];
  const ranks = [...best].map(([name, loss]) => [name, 1 + losses.filter((other) => other < loss).length]);
  const [bestReference, { logLoss }] = Object.entries(references).reduce((a, b) =>
    b[1].logLoss < a[1].logLoss ? b : a,
  );
  return { ranks: Object.fromEntries(ranks), bestReference, behind: ours / logLoss - 1 };
}
