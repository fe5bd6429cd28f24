import { auditFeatures } from '../audit/point-in-time.js';
import { auditCompany } from '../audit/raw-data.js';
import { type Feature, featureCatalogue } from '../features/catalogue.js';
import type { Random } from '../math/random.js';
import { dayText } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';
import type { CompanyCard } from './company-card.js';
import { LOOKED_AT_TABLE } from './company-rows.js';

/** The features that a company's tables give without knowing who left, and what was found against the others. */
export interface AuditedFeatures {
  readonly features: readonly Feature[];
  readonly dataLeaks: CompanyCard['dataLeaks'];
}

/**
 * Audits the raw tables and leaves out the features that read what was written after the fact.
 *
 * @param allowed features kept all the same
 */
export async function auditedFeatures(
  company: Company,
  allowed: readonly string[],
): Promise<AuditedFeatures> {
  const { findings, features } = await auditCompany(company);
  const leftOut = new Set(features.filter((name) => !allowed.includes(name)));
  return {
    features: featureCatalogue(company).filter(({ name }) => !leftOut.has(name)),
    dataLeaks: findings.map(({ kind, table, column, message, action, features: affected }) => ({
      kind,
      table,
      column,
      message,
      action,
      features: [...affected],
    })),
  };
}

/** The features alone. */
export async function cleanFeatures(
  company: Company,
  allowed: readonly string[],
): Promise<readonly Feature[]> {
  return (await auditedFeatures(company, allowed)).features;
}

/** Changes everything after a snapshot and holds the features to what they were; for the card. */
export async function pointInTimeAudit(
  company: Company,
  snapshot: number,
  random: Random,
): Promise<CompanyCard['audit']> {
  const audit = await auditFeatures(company, { snapshot, accounts: LOOKED_AT_TABLE, random });
  return {
    passed: audit.passed,
    snapshotAt: dayText(audit.snapshot),
    accounts: audit.accounts,
    features: audit.features,
    changes: audit.changes.map((change) => ({ ...change })),
    changed: [...new Set(audit.differences.map(({ feature }) => feature))],
  };
}
