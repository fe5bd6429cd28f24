import { ChurnError } from '../errors.js';
import { loadBundle } from '../exports/bundle.js';
import { dayText } from '../timeline/snapshot.js';
import { companyRows, learningSnapshots } from '../training/company-rows.js';
import type { Company } from '../workspace/company.js';
import { modelFeatures, requireCompanyModel } from './company-source.js';
import { evaluateRows, type FileEvaluation } from './evaluate-file.js';

/** A snapshot's expected and actual leavers. */
export interface CompanyEvaluation extends FileEvaluation {
  /** ISO dates of the snapshots judged. */
  readonly snapshots: readonly string[];
}

/**
 * Judges a saved model on the snapshots of a company that come at or after the model's held-back part and whose
 * horizon is over: nothing that the model learned from was still open then.
 *
 * @throws ChurnError `bad-model`, `missing-column`, `too-few-rows` when there is no such snapshot
 * @example
 * const { verdict, snapshots } = await evaluateCompany(company, { model: 'models/company' });
 * console.log(verdict.sentence, snapshots);
 */
export async function evaluateCompany(
  company: Company,
  options: { readonly model: string; readonly seed?: number },
): Promise<CompanyEvaluation> {
  const bundle = await loadBundle(options.model);
  const trained = requireCompanyModel(bundle.card);
  const from = Date.parse(bundle.card.split.heldBackFrom!);
  const all = await learningSnapshots(company, { ...trained, snapshots: Number.MAX_SAFE_INTEGER });
  const dates = all.filter((date) => date >= from);
  if (dates.length === 0) {
    throw new ChurnError(
      'too-few-rows',
      `${company.settings.name} has no snapshot with a known outcome from ${dayText(from)} on, which is what the model ` +
        `"${bundle.card.name}" may be judged on; the latest is ${dayText(all.at(-1)!)}`,
    );
  }
  const { raw } = await companyRows(company, dates, trained, {
    labelled: true,
    stage: trained.stage,
    features: modelFeatures(company, trained),
  });
  const input = { raw, rejects: [], read: raw.rows, path: company.settings.name };
  return { ...evaluateRows(input, bundle, options.seed), snapshots: dates.map(dayText) };
}
