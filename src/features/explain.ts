import { nearestName } from '../cleaning/nearest-name.js';
import { ChurnError } from '../errors.js';
import type { Feature } from './catalogue.js';
import { knownDefinitions } from './known-views.js';
import { planScans, scanSql, valueSql } from './plan.js';

/** What a feature is, and how anybody can compute it again. */
export interface FeatureExplanation {
  readonly name: string;
  readonly aspect: string;
  /** The aspect, for people. */
  readonly title: string;
  readonly unit: string;
  readonly description: string;
  /** A query for the feature of every account known at the snapshot (`account_id`, the feature), complete as it stands. */
  readonly sql: string;
}

/**
 * Explains a feature of a catalogue as of a snapshot.
 *
 * @throws ChurnError `bad-option` when the catalogue has no such feature, with the nearest name that it has
 * @example
 * const { unit, sql } = explainFeature(featureCatalogue(company), 'days_to_renewal', Date.UTC(2023, 7, 1));
 * unit; // 'days'
 * console.log(sql);
 */
export function explainFeature(
  catalogue: readonly Feature[],
  name: string,
  snapshot: number,
): FeatureExplanation {
  const feature = catalogue.find((candidate) => candidate.name === name);
  if (!feature) throw unknownFeature(catalogue, name);
  const { aspect, title, unit, description } = feature;
  return { name, aspect, title, unit, description, sql: completeSql(feature, snapshot) };
}

function completeSql(feature: Feature, snapshot: number): string {
  const [scan] = planScans([feature]);
  const definitions = knownDefinitions(`known_accounts ${feature.from} ${feature.sql}`, snapshot);
  return `WITH ${definitions.join(',\n')}
SELECT account_id, ${valueSql(feature, 'scan')} AS ${feature.name}
FROM known_accounts
LEFT JOIN (
${scanSql(scan!, snapshot)}
) AS scan USING (account_id)
ORDER BY account_id`;
}

function unknownFeature(catalogue: readonly Feature[], name: string): ChurnError {
  const names = catalogue.map((feature) => feature.name);
  const nearest = nearestName(name, names);
  const hint = nearest === null ? `one of the ${names.length} features` : `the nearest is "${nearest}"`;
  return new ChurnError('bad-option', `features: there is no feature "${name}"; ${hint}`, { name, nearest });
}
