import { ChurnError } from '../errors.js';
import { describeOutcomes, type OutcomeCounts } from '../labels/churn.js';
import { measureLeadTimes } from '../lead-time/measure.js';
import { seededRandom } from '../math/random.js';
import { type EmbargoedSplit, holdBackLatestSnapshots } from '../splits/by-time.js';
import type { Note } from '../tables/raw-table.js';
import type { CategoryColumn } from '../tables/table.js';
import { dayText, type SnapshotRhythm } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';
import { aspectWorth } from './aspect-worth.js';
import { predictChurn } from './churn-model.js';
import { type AuditedFeatures, auditedFeatures, pointInTimeAudit } from './company-audit.js';
import type { CompanyCard } from './company-card.js';
import { groupFigures, type PartedRows, turnedFacts, unseenAccounts } from './company-parts.js';
import {
  ACCOUNT_COLUMN,
  accountSegments,
  CHURNED_COLUMN,
  type CompanyRows,
  companyRows,
  learningSnapshots,
  SNAPSHOT_COLUMN,
  STAGE_COLUMN,
} from './company-rows.js';
import { type LabelledRows, labelRows } from './labelled-rows.js';
import { type Learned, learnAndJudge, type Training } from './learn.js';
import type { LearningSet } from './learning-sets.js';
import { type Settled, settleOptions, type TrainOptions } from './options.js';

const DAY = 86_400_000;
/** With less time than this, lead times are looked for every second week instead of every week of half a year. */
const LEISURELY_SECONDS = 30;
const FORTNIGHTS = Array.from({ length: 14 }, (_, fortnight) => 14 * fortnight);

/** What training on dated tables can be told. */
export interface CompanyTrainOptions
  extends Omit<TrainOptions, 'target' | 'id' | 'positive' | 'time' | 'group'> {
  /** Days left for acting between snapshot and horizon; default 0. */
  readonly gapDays?: number;
  /** Days in which leaving counts; default 90. */
  readonly horizonDays?: number;
  /** Default `month`. */
  readonly rhythm?: SnapshotRhythm;
  /** At most so many snapshots, the latest; default 24. */
  readonly snapshots?: number;
  /** Learn and judge on accounts in this stage of their journey alone. */
  readonly stage?: string | null;
}

/** Where the company's tables came from. */
export interface CompanySource {
  /** SHA-256 over the files that were read. */
  readonly sha256: string;
  /** Doubts about the tables. */
  readonly notes: readonly Note[];
}

/** Which columns of a company's rows play a part other than that of a feature. */
export const companyRoles = {
  target: CHURNED_COLUMN,
  positive: 'yes',
  id: ACCOUNT_COLUMN,
  time: SNAPSHOT_COLUMN,
  group: null,
} as const;

type Window = Required<
  Pick<CompanyTrainOptions, 'gapDays' | 'horizonDays' | 'rhythm' | 'snapshots' | 'stage'>
>;

/**
 * Learns to predict churn from a company's dated tables: features of every snapshot as they were known just before it,
 * labels from the horizon after it. The latest fifth of the snapshots is held back; between the parts lies an embargo,
 * so that no outcome of the training part was still open when the held-back part began. Folds, intervals and figures
 * count accounts and not rows. Tables are audited first: what was written after the fact is left out and named.
 *
 * @throws ChurnError `too-few-rows` when the history is too short or too few accounts left, `bad-option`
 * @example
 * const { company, intake, close } = await openWorkspace('my-company');
 * const { card } = await trainCompany(company, intakeSource(intake), {
 *   seed: 7,
 *   horizonDays: 60,
 *   snapshots: 4,
 *   timeBudgetSeconds: 1,
 * });
 * console.log(card.company?.usage.sentence);
 * await close();
 */
export async function trainCompany(
  company: Company,
  source: CompanySource,
  options: CompanyTrainOptions,
): Promise<Training> {
  const { gapDays = 0, horizonDays = 90, rhythm = 'month', snapshots = 24, stage = null, ...rest } = options;
  const window: Window = { gapDays, horizonDays, rhythm, snapshots, stage };
  const settled = settleOptions({
    ...rest,
    ...companyRoles,
  });
  const random = seededRandom(settled.seed).fork('train company');
  const dates = await learningSnapshots(company, window);
  settled.onProgress('Audit of the tables', 0);
  const audited = await auditedFeatures(company, settled.allow);
  const rows = await companyRows(company, dates, window, {
    labelled: true,
    features: audited.features,
    stage,
    onProgress: (done, total) => settled.onProgress('Features as of each snapshot', (0.2 * done) / total),
  });
  requireLeavers(company, rows.outcomes);
  const labelled = labelRows(rows.raw, settled);
  const split = holdBackLatestSnapshots(labelled.time!, (gapDays + horizonDays) * DAY);
  const learned = await learnAndJudge(
    {
      raw: rows.raw,
      file: company.settings.name,
      sha256: source.sha256,
      read: rows.raw.rows,
      rejects: [],
      notes: source.notes,
    },
    labelled,
    split,
    {
      ...settled,
      windowDays: gapDays + horizonDays,
      onProgress: (label, share) => settled.onProgress(label, 0.2 + 0.5 * share),
    },
    random,
    source.notes,
  );
  const card: CompanyCard = await studyCompany(company, {
    audited,
    rows,
    labelled,
    split,
    learned,
    settled,
    window,
  });
  settled.onProgress('Done', 1);
  const { model, recipe, rejects } = learned;
  return { model, recipe, rejects, card: { ...learned.card, company: card } };
}

function requireLeavers(company: Company, outcomes: readonly OutcomeCounts[]): void {
  const left = outcomes.reduce((sum, { outcomes: counts }) => sum + counts.left, 0);
  if (left >= 10) return;
  const found = outcomes.map(describeOutcomes).join(', ');
  throw new ChurnError(
    'too-few-rows',
    `${company.settings.name}: only ${left} accounts left within a horizon, at least 10 are needed; ${found}`,
  );
}

interface CompanyRun {
  readonly audited: AuditedFeatures;
  readonly rows: CompanyRows;
  readonly labelled: LabelledRows;
  readonly split: EmbargoedSplit;
  readonly learned: Learned;
  readonly settled: Settled;
  readonly window: Window;
}

/** What dated tables tell beyond the figures of one flat table. */
async function studyCompany(company: Company, run: CompanyRun): Promise<CompanyCard> {
  const { rows, learned, settled, window } = run;
  const { features, dataLeaks } = run.audited;
  const { trainingSet, heldBackSet } = learned;
  const { name, currency, observedUntil } = company.settings;
  const random = seededRandom(settled.seed).fork('study company');
  const judged = await partedRows(company, run);
  settled.onProgress('Worth of each health aspect', 0.7);
  const { aspects, usage } = aspectWorth(trainingSet, heldBackSet, features, random.fork('aspects'));
  settled.onProgress('Lead time of each indicator', 0.8);
  const leadTimes = await measureLeadTimes(company, features, {
    random: random.fork('lead times'),
    rhythm: window.rhythm,
    ...(settled.timeBudgetSeconds < LEISURELY_SECONDS ? { gridDays: FORTNIGHTS } : {}),
  });
  settled.onProgress('Audit of the features', 0.95);
  const newest = rows.outcomes.at(-1)!.snapshotAt;
  const audit = await pointInTimeAudit(company, newest, random.fork('audit'));
  return {
    name,
    currency,
    observedUntil: new Date(observedUntil).toISOString(),
    gapDays: window.gapDays,
    horizonDays: window.horizonDays,
    rhythm: window.rhythm,
    stage: window.stage,
    snapshots: snapshotParts(run),
    setApart: setApart(rows.outcomes),
    features: features.map(({ name: feature, aspect, title, unit, description }) => ({
      name: feature,
      aspect,
      title,
      unit,
      description,
    })),
    audit,
    dataLeaks,
    unseenAccounts: unseenAccounts(heldBackSet, trainingSet, judged, random),
    groups: groupFigures(judged, random.fork('groups')),
    aspects,
    usage,
    leadTimes,
    reversals: turnedFacts(trainingSet, await strataOf(company, trainingSet, run.labelled)),
  };
}

async function partedRows(company: Company, { learned, labelled }: CompanyRun): Promise<PartedRows> {
  const { heldBackSet, model } = learned;
  return {
    probabilities: predictChurn(model, heldBackSet.table),
    churned: heldBackSet.churned,
    accounts: heldBackSet.groups!,
    strata: await strataOf(company, heldBackSet, labelled),
  };
}

/** The journey stage and the segment of each row. */
async function strataOf(
  company: Company,
  { ids, labelledRows }: LearningSet,
  { raw }: LabelledRows,
): Promise<CategoryColumn[]> {
  const stages = raw.columns.find(({ name }) => name === STAGE_COLUMN)!;
  const segments = await accountSegments(company);
  const codes = (texts: readonly (string | undefined)[]) => {
    const levels = [...new Set(texts.filter((text) => text !== undefined))].sort();
    const code = new Map(levels.map((level, i) => [level, i]));
    return { levels, codes: Int32Array.from(texts, (text) => (text === undefined ? -1 : code.get(text)!)) };
  };
  const stageTexts = Array.from(labelledRows, (row) =>
    stages.kind === 'text' ? stages.levels[stages.codes[row]!] : undefined,
  );
  const columns: CategoryColumn[] = [{ kind: 'category', name: STAGE_COLUMN, ...codes(stageTexts) }];
  if (segments.size > 0) {
    columns.push({ kind: 'category', name: 'segment', ...codes(ids.map((id) => segments.get(id))) });
  }
  return columns;
}

function snapshotParts({ rows, labelled, split }: CompanyRun): CompanyCard['snapshots'] {
  const firstRows = { training: split.training, embargo: split.embargoed, 'held-back': split.heldBack };
  const partOf = new Map<number, keyof typeof firstRows>();
  for (const [part, members] of Object.entries(firstRows)) {
    for (const row of members) partOf.set(labelled.time![row]!, part as keyof typeof firstRows);
  }
  return rows.outcomes.flatMap(({ snapshotAt, outcomes }) => {
    const part = partOf.get(snapshotAt);
    if (part === undefined) return [];
    const { left, stayed } = outcomes;
    return [{ snapshotAt: dayText(snapshotAt), accounts: left + stayed, left, part }];
  });
}

function setApart(outcomes: readonly OutcomeCounts[]): CompanyCard['setApart'] {
  const sum = (kind: 'left_in_gap' | 'censored' | 'involuntary') =>
    outcomes.reduce((total, { outcomes: counts }) => total + counts[kind], 0);
  return { leftInGap: sum('left_in_gap'), censored: sum('censored'), involuntary: sum('involuntary') };
}
