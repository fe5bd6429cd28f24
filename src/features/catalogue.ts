import type { AspectDefinition, FeatureDefinition, FeatureGroup } from '../contracts/aspect.js';
import { ChurnError } from '../errors.js';
import { ATTRIBUTES_TABLE, type Company } from '../workspace/company.js';
import { accountAspect } from './account.js';
import { communityAspect } from './community.js';
import { contractGrowthAspect } from './contract-growth.js';
import { executiveRelationshipAspect } from './executive-relationship.js';
import { invoicesAspect } from './invoices.js';
import { viewsRead } from './known-views.js';
import { onboardingAspect } from './onboarding.js';
import { renewalAspect } from './renewal.js';
import { selfServiceAspect } from './self-service.js';
import { serviceQualityAspect } from './service-quality.js';
import { supportAspect } from './support.js';
import { surveysAspect } from './surveys.js';
import { usageAspect } from './usage.js';

/** A feature with the aspect that it belongs to. */
export interface Feature extends FeatureDefinition {
  /** `executive_relationship`; the title is for people: "Executive relationship". */
  readonly aspect: string;
  readonly title: string;
  /** What its SQL reads; features with the same text are computed in one scan. */
  readonly from: string;
}

/** Every aspect of a company, built-in ones first, whether or not it has the tables for it. */
export function companyAspects({ settings, attributes, aspects }: Company): AspectDefinition[] {
  return [
    usageAspect,
    supportAspect,
    renewalAspect(settings.churn.graceDays),
    contractGrowthAspect,
    invoicesAspect,
    surveysAspect,
    communityAspect,
    executiveRelationshipAspect,
    selfServiceAspect,
    onboardingAspect,
    serviceQualityAspect,
    accountAspect(attributes),
    ...aspects,
  ];
}

/**
 * The features that a company's tables can give, in a fixed order. An aspect without rows in one of the tables that it
 * needs is left out, and so is a group of features that reads empty tables alone (`accounts` apart).
 *
 * @throws ChurnError `bad-option` when two features have the same name, or a feature that of a column of every table
 *   of features (`account_id`, `snapshot_at`)
 * @example
 * for (const { name, unit, description } of featureCatalogue(company)) console.log(name, unit, description);
 */
export function featureCatalogue(company: Company): Feature[] {
  const features = companyAspects(company)
    .filter(({ needs }) => needs.every((table) => company.tables.has(table)))
    .flatMap(({ aspect, title, groups }) =>
      groups
        .filter((group) => hasRows(company, group))
        .flatMap(({ from, features }) => features.map((feature) => ({ ...feature, aspect, title, from }))),
    );
  requireOwnNames(features);
  return features;
}

function hasRows(company: Company, { from }: FeatureGroup): boolean {
  const tables = viewsRead(from).filter((table) => table !== 'accounts' && table !== ATTRIBUTES_TABLE);
  return tables.length === 0 || tables.some((table) => company.tables.has(table));
}

function requireOwnNames(features: readonly Feature[]): void {
  const owners = new Map([
    ['account_id', 'every table of features'],
    ['snapshot_at', 'every table of features'],
  ]);
  for (const { name, aspect } of features) {
    const owner = owners.get(name);
    if (owner !== undefined) {
      throw new ChurnError(
        'bad-option',
        `aspect ${aspect}: the feature name ${name} is taken by ${owner}; rename it`,
        { aspect, feature: name },
      );
    }
    owners.set(name, `the aspect ${aspect}`);
  }
}
