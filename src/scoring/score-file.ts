import { rm, writeFile } from 'node:fs/promises';
import { applyRecipe, requireColumns, usualValues } from '../cleaning/recipe.js';
import { ChurnError } from '../errors.js';
import { reasonsByAspect, reasonsFor, reasonsSentence } from '../explanation/reasons.js';
import { type Bundle, loadBundle } from '../exports/bundle.js';
import { openSource } from '../sources/open-source.js';
import type { Source } from '../sources/source.js';
import { removeTemporary, temporaryPathBeside } from '../sources/temporary-files.js';
import { putInPlace } from '../sources/writing/atomic-writes.js';
import { openSink, type Sink } from '../sources/writing/sink.js';
import { writeFailed } from '../sources/writing/write-failed.js';
import { rejectsCsv } from '../sources/writing/write-rejects.js';
import type { RawTable, Reject } from '../tables/raw-table.js';
import { type Table, takeRows } from '../tables/table.js';
import { explainChurn, predictChurn } from '../training/churn-model.js';
import { flagsOfRows } from '../training/group-calibration.js';

/** Rejected rows beyond these are counted and not listed. */
const MOST_LISTED_REJECTS = 100_000;

export interface ScoreOptions {
  /** Folder of the saved model. */
  readonly model: string;
  /** File to write: csv, tsv, parquet, jsonl, json or xlsx by its ending. */
  readonly out: string;
  /** Sheet of an Excel input. */
  readonly sheet?: string;
  /** Told how many rows are scored so far. */
  readonly onProgress?: (rows: number) => void;
}

/** What scoring needs of a source. */
export type ScorableSource = Omit<Source, 'format' | 'notes'>;

/** Where the scores are, and how many rows were read, scored and rejected. */
export interface ScoreResult {
  readonly out: string;
  readonly read: number;
  readonly scored: number;
  readonly rejected: number;
  /** Where the rejected rows went; `null` without any. */
  readonly rejectsFile: string | null;
  /** Sum of the probabilities: how many of the scored accounts are expected to leave. */
  readonly expectedChurners: number;
  readonly verdict: Bundle['model']['verdict'];
}

/**
 * Scores a file with a saved model, riskiest first: id (or row number), `churn_probability`, `reasons`, `flags` (the
 * published flags that the row raises), `risk_rank`. Streams: memory does not grow with the rows of a text or Parquet input.
 *
 * @throws ChurnError `missing-column` naming every required column that the input lacks; `bad-file`,
 * `bad-model`, `write-failed`
 * @example
 * const { scored, expectedChurners } = await scoreFile('next-quarter.csv', {
 *   model: 'models/churn',
 *   out: 'scores.csv',
 * });
 */
export async function scoreFile(input: string, options: ScoreOptions): Promise<ScoreResult> {
  const bundle = await loadBundle(options.model);
  return scoreSource(
    await openSource(input, options.sheet === undefined ? {} : { sheet: options.sheet }),
    bundle,
    options,
  );
}

/**
 * Scores the rows of an opened source and closes it.
 *
 * @throws ChurnError as `scoreFile`
 * @example
 * const bundle = await loadBundle('models/churn');
 * const { out } = await scoreSource(await openSource('next-quarter.csv'), bundle, { out: 'next.parquet' });
 * out; // 'next.parquet'
 */
export async function scoreSource(
  source: ScorableSource,
  bundle: Bundle,
  options: Pick<ScoreOptions, 'out' | 'onProgress'>,
): Promise<ScoreResult> {
  try {
    requireColumns(bundle.recipe, source.columnNames);
    const idName = bundle.card.data.id ?? 'row_number';
    const sink = await openSink(options.out, [
      { name: idName, kind: 'text' },
      { name: 'churn_probability', kind: 'number' },
      { name: 'reasons', kind: 'text' },
      { name: 'flags', kind: 'text' },
    ]);
    try {
      const rejects: Reject[] = [];
      let rejectCount = 0;
      let expectedChurners = 0;
      let scored = 0;
      for await (const raw of source.chunks()) {
        const part = scoreChunk(bundle, raw);
        await sink.append([part.ids, part.probabilities, part.reasons, part.flags]);
        rejectCount += part.rejects.length;
        rejects.push(...part.rejects.slice(0, MOST_LISTED_REJECTS - rejects.length));
        scored += part.ids.length;
        expectedChurners += part.probabilities.reduce((sum, p) => sum + p, 0);
        options.onProgress?.(scored);
      }
      const rejected = source.rejectCount + rejectCount;
      if (scored === 0) {
        throw new ChurnError(
          'bad-file',
          `${source.path} has no row that can be scored (${rejected} rejected)`,
        );
      }
      const listed = [...source.rejects(), ...rejects].sort((a, b) => a.rowNumber - b.rowNumber);
      const rejectsFile = await putFilesInPlace(sink, options.out, listed);
      return {
        out: options.out,
        read: source.readCount,
        scored,
        rejected,
        rejectsFile,
        expectedChurners,
        verdict: bundle.model.verdict,
      };
    } catch (error) {
      await sink.abort();
      throw error;
    }
  } finally {
    await source.close();
  }
}

/**
 * Gives scores and rejected rows their names once both are written, so that neither stands without the other.
 * Without rejects, those of an earlier run go.
 */
async function putFilesInPlace(sink: Sink, out: string, rejects: readonly Reject[]): Promise<string | null> {
  const place = `${out}.rejects.csv`;
  const staged = temporaryPathBeside(place);
  try {
    if (rejects.length > 0) await writeFile(staged, rejectsCsv(rejects), { flush: true });
    await sink.finish({ orderBy: 'churn_probability', descending: true, rankColumn: 'risk_rank' });
    if (rejects.length > 0) await putInPlace(staged, place);
    else await rm(place, { force: true });
    return rejects.length > 0 ? place : null;
  } catch (error) {
    throw writeFailed(place, error);
  } finally {
    await removeTemporary(staged);
  }
}

interface ScoredChunk {
  readonly ids: string[];
  readonly probabilities: Float64Array;
  readonly reasons: string[];
  readonly flags: string[];
  readonly rejects: Reject[];
}

/** Scores the rows that can be read and named. */
function scoreChunk({ model, recipe, card, flags }: Bundle, raw: RawTable): ScoredChunk {
  const cleaned = applyRecipe(recipe, raw);
  const rejects = [...cleaned.rejects];
  const named: number[] = [];
  cleaned.kept.forEach((row, i) => {
    if (recipe.id === null || cleaned.ids[i] !== null) named.push(i);
    else
      rejects.push({
        rowNumber: raw.rowNumbers[row]!,
        column: recipe.id,
        value: null,
        reason: 'id is missing',
      });
  });
  const table = named.length === cleaned.table.rows ? cleaned.table : takeRows(cleaned.table, named);
  return {
    ids: named.map((i) => cleaned.ids[i] ?? String(raw.rowNumbers[cleaned.kept[i]!])),
    probabilities: predictChurn(model, table),
    reasons: reasonsOfRows({ model, recipe, card }, table),
    flags: flagsOfRows(flags, table).map((raised) => raised.join('; ')),
    rejects,
  };
}

/** By health aspect where the model was trained on dated tables, which know the aspect of every feature. */
function reasonsOfRows(
  { model, recipe, card }: Pick<Bundle, 'model' | 'recipe' | 'card'>,
  table: Table,
): string[] {
  const contributions = explainChurn(model, table);
  const usual = usualValues(recipe);
  const meanings = card.company && new Map(card.company.features.map((feature) => [feature.name, feature]));
  return Array.from({ length: table.rows }, (_, row) =>
    reasonsSentence(
      meanings
        ? reasonsByAspect(contributions, table, row, usual, meanings)
        : reasonsFor(contributions, table, row, usual),
    ),
  );
}
