import { ChurnError } from '../errors.js';
import type { Bundle } from '../exports/bundle.js';
import { type Feature, featureCatalogue } from '../features/catalogue.js';
import { takeRawRows } from '../tables/raw-table.js';
import { dayText } from '../timeline/snapshot.js';
import type { CompanyCard } from '../training/company-card.js';
import { companyRows } from '../training/company-rows.js';
import type { Company } from '../workspace/company.js';
import type { ScorableSource } from './score-file.js';

const CHUNK_ROWS = 4096;

/**
 * The accounts of a company that are active at a snapshot, with the features that a model asks for, as a source to
 * score.
 *
 * @param asOf the snapshot, in milliseconds since 1970 UTC; without it the end of what is observed
 * @throws ChurnError `bad-model` when the model was trained on a flat table, `bad-option` when the snapshot lies outside
 * of what is observed, `too-few-rows` when no account is active at it
 * @example
 * const bundle = await loadBundle('models/company');
 * const source = await companySource(company, bundle, Date.UTC(2023, 8, 1));
 * const { scored } = await scoreSource(source, bundle, { out: 'september.csv' });
 */
export async function companySource(
  company: Company,
  { card }: Pick<Bundle, 'card'>,
  asOf: number = company.settings.observedUntil,
): Promise<ScorableSource> {
  const trained = requireCompanyModel(card);
  if (asOf > company.settings.observedUntil) {
    throw new ChurnError(
      'bad-option',
      `${company.settings.name} is observed until ${dayText(company.settings.observedUntil)}; a snapshot on ` +
        `${dayText(asOf)} would take what is missing for what did not happen`,
    );
  }
  const { raw } = await companyRows(company, [asOf], trained, {
    labelled: false,
    stage: trained.stage,
    features: modelFeatures(company, trained),
  });
  if (raw.rows === 0) {
    throw new ChurnError(
      'too-few-rows',
      `${company.settings.name} has no ${trained.stage === null ? '' : `${trained.stage}-stage `}account that is active on ${dayText(asOf)}`,
    );
  }
  return {
    path: company.settings.name,
    columnNames: raw.columns.map(({ name }) => name),
    async *chunks() {
      for (let from = 0; from < raw.rows; from += CHUNK_ROWS) {
        const length = Math.min(CHUNK_ROWS, raw.rows - from);
        yield takeRawRows(
          raw,
          Array.from({ length }, (_, i) => from + i),
        );
      }
    },
    rejects: () => [],
    rejectCount: 0,
    readCount: raw.rows,
    close: async () => {},
  };
}

/** @throws ChurnError `bad-model` when the model was trained on a flat table */
export function requireCompanyModel(card: Bundle['card']): CompanyCard {
  if (card.company !== null) return card.company;
  throw new ChurnError(
    'bad-model',
    `the model "${card.name}" was trained on one flat table (${card.data.file}); it scores flat tables with the same columns`,
  );
}

/** The features that a model was trained with, as far as the company has them. */
export function modelFeatures(company: Company, { features }: CompanyCard): Feature[] {
  const wanted = new Set(features.map(({ name }) => name));
  return featureCatalogue(company).filter(({ name }) => wanted.has(name));
}
