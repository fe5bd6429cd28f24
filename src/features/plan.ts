import { sqlInstant } from '../timeline/as-of.js';
import type { Feature } from './catalogue.js';

/** Features that one query computes, as they read the same rows. */
export interface FeatureScan {
  readonly from: string;
  readonly features: readonly Feature[];
}

/** One scan for each different source, in the order of the features. */
export function planScans(features: readonly Feature[]): FeatureScan[] {
  const scans = new Map<string, Feature[]>();
  for (const feature of features) {
    const sameRows = scans.get(feature.from);
    if (sameRows) sameRows.push(feature);
    else scans.set(feature.from, [feature]);
  }
  return [...scans].map(([from, features]) => ({ from, features }));
}

/** The type of a feature's column. */
export function featureType({ kind }: Feature): 'DOUBLE' | 'VARCHAR' {
  return kind === 'number' ? 'DOUBLE' : 'VARCHAR';
}

/** The scan's features for every account with a row, read from the `known_…` views. */
export function scanSql({ from, features }: FeatureScan, snapshot: number): string {
  // Each piece ends its line, so that a comment at its end takes nothing else with it.
  const columns = features.map(
    (feature) => `CAST(${feature.sql}\n  AS ${featureType(feature)}) AS ${feature.name}`,
  );
  const sql = `SELECT account_id,\n  ${columns.join(',\n  ')}\nFROM ${from}\nGROUP BY account_id`;
  return sql.replaceAll('{snapshot}', sqlInstant(snapshot));
}

/** A feature's value beside any account, where `scan` is the row of {@link scanSql} or missing: finite or NULL. */
export function valueSql({ name, kind, empty }: Feature, scan: string): string {
  const value = `${scan}.${name}`;
  if (kind === 'category') return value;
  return `CASE WHEN isfinite(${value}) THEN ${value}${empty === 0 ? ' ELSE 0' : ''} END`;
}
