import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { cardCharts } from '../charts/card-charts.js';
import { renderPng, renderSvg } from '../charts/render.js';
import { type Recipe, recipeSchema } from '../cleaning/recipe.js';
import { ChurnError } from '../errors.js';
import { type Ledger, ledgerSchema } from '../flags/ledger.js';
import { modelCard } from '../reports/model-card.js';
import { trainingReport } from '../reports/training.js';
import { requireReplaceable, writeFolderAtomically } from '../sources/writing/atomic-writes.js';
import { rejectsCsv } from '../sources/writing/write-rejects.js';
import { type Card, cardSchema } from '../training/card.js';
import { type ChurnModel, churnModelSchema, MODEL_FORMAT_VERSION } from '../training/churn-model.js';
import type { Training } from '../training/learn.js';

/** What a saved model holds for scoring. */
export interface Bundle {
  readonly model: ChurnModel;
  readonly recipe: Recipe;
  readonly card: Card;
  /** What was found and confirmed among the training rows; `null` where they were too few. */
  readonly flags: Ledger | null;
}

/** Files that scoring reads; `checksums.txt` lists their SHA-256 in the form that `sha256sum -c` checks. */
const CHECKED_FILES = ['model.json', 'recipe.json', 'card.json', 'flags.json'] as const;

/** All that a saved model's folder may hold. */
const BUNDLE_NAMES = [
  ...CHECKED_FILES,
  'card.md',
  'report.html',
  'charts',
  'rejects.csv',
  'checksums.txt',
  'exports',
];

/**
 * Whether `saveBundle` may write there: to be asked before a long training.
 *
 * @throws ChurnError `write-failed` when something else than a saved model is at the place
 * @example
 * await requireBundlePlace('models/churn');
 */
export async function requireBundlePlace(folder: string): Promise<void> {
  await requireReplaceable(folder, BUNDLE_NAMES);
}

/**
 * Saves a training as a folder: `model.json`, `recipe.json`, `card.json`, `flags.json`, `card.md`, `report.html`,
 * `charts/`, `rejects.csv` when rows were rejected, `checksums.txt`. The folder appears whole or not at all.
 *
 * @throws ChurnError `write-failed`
 * @example
 * await saveBundle('models/saved', training);
 */
export async function saveBundle(folder: string, { model, recipe, card, rejects }: Training): Promise<void> {
  const files: Record<string, string | Uint8Array> = {
    'model.json': `${JSON.stringify(model)}\n`,
    'recipe.json': `${JSON.stringify(recipe, null, 2)}\n`,
    'card.json': `${JSON.stringify(card, null, 2)}\n`,
    'flags.json': `${JSON.stringify(card.flags, null, 2)}\n`,
    'card.md': modelCard(card),
    'report.html': await trainingReport(card),
    ...(await chartFiles(card)),
  };
  if (rejects.length > 0) files['rejects.csv'] = rejectsCsv(rejects);
  files['checksums.txt'] = CHECKED_FILES.map((name) => `${sha256(files[name]!)}  ${name}\n`).join('');
  await writeFolderAtomically(folder, files, BUNDLE_NAMES);
}

async function chartFiles(card: Card): Promise<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Uint8Array> = {};
  for (const [name, spec] of Object.entries(cardCharts(card))) {
    files[`charts/${name}.vl.json`] = `${JSON.stringify(spec, null, 2)}\n`;
    const svg = await renderSvg(spec);
    files[`charts/${name}.svg`] = svg;
    files[`charts/${name}.png`] = await renderPng(svg);
  }
  return files;
}

/**
 * Loads a saved model through its schemas.
 *
 * @throws ChurnError `bad-model` when a file is missing, was changed after saving, does not fit its schema,
 * or was written by a newer format
 * @example
 * const { model, recipe } = await loadBundle('models/churn');
 * const { raw } = await readTable('next-quarter.csv');
 * predictChurn(model, applyRecipe(recipe, raw).table);
 */
export async function loadBundle(folder: string): Promise<Bundle> {
  if (!existsSync(join(folder, 'model.json'))) {
    throw new ChurnError(
      'bad-model',
      `${folder} is not a saved model: it has no model.json; \`churnlab train\` makes one`,
    );
  }
  const sums = await readPart(folder, 'checksums.txt');
  const parts = new Map<string, unknown>();
  for (const name of CHECKED_FILES) {
    const text = await readPart(folder, name);
    const json = parseJson(folder, name, text);
    refuseNewerFormat(folder, name, json);
    if (!sums.includes(`${sha256(text)}  ${name}\n`)) {
      throw new ChurnError(
        'bad-model',
        `${join(folder, name)} was changed after it was saved; train again or restore it`,
      );
    }
    parts.set(name, json);
  }
  return {
    model: fit(folder, 'model.json', churnModelSchema, parts),
    recipe: fit(folder, 'recipe.json', recipeSchema, parts),
    card: fit(folder, 'card.json', cardSchema, parts),
    flags: fit(folder, 'flags.json', ledgerSchema.nullable(), parts),
  };
}

async function readPart(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (cause) {
    throw new ChurnError('bad-model', `${join(folder, name)} cannot be read: ${(cause as Error).message}`);
  }
}

function parseJson(folder: string, name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ChurnError('bad-model', `${join(folder, name)} is not JSON: ${(cause as Error).message}`);
  }
}

function refuseNewerFormat(folder: string, name: string, json: unknown): void {
  const version = (json as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > MODEL_FORMAT_VERSION) {
    throw new ChurnError(
      'bad-model',
      `${join(folder, name)} has format ${version}; this churnlab reads up to ${MODEL_FORMAT_VERSION}: update churnlab`,
    );
  }
}

function fit<Shape>(
  folder: string,
  name: string,
  schema: z.ZodType<Shape>,
  parts: Map<string, unknown>,
): Shape {
  const result = schema.safeParse(parts.get(name));
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new ChurnError(
    'bad-model',
    `${join(folder, name)} does not fit its schema at "${issue.path.join('.')}": ${issue.message}`,
  );
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
