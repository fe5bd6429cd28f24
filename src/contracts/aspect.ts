import { z } from 'zod';
import { CONTRACTS } from './catalogue.js';
import type { TableName } from './contract.js';

const tableName = z.enum(Object.keys(CONTRACTS) as [TableName, ...TableName[]]);

/** One feature: what it means in words, and the SQL that computes it for one account. */
export const featureDefinitionSchema = z.strictObject({
  /** snake_case, unique among all features: `support_tickets_28d`. */
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'needed: lower-case letters, digits and _, a letter first'),
  /** `tickets`, `days`, `share`, `cents`, …; `level` for a category. */
  unit: z.string().min(1),
  /** Plain words, in a customer's terms: "Tickets opened in the 28 days before". */
  description: z.string().min(1),
  /** An aggregate over the group's rows of one account. `{snapshot}` stands for the snapshot's TIMESTAMP. */
  sql: z.string().min(1),
  kind: z.enum(['number', 'category']).default('number'),
  /** The value of an account without a row in the group: 0 for counts and sums, else missing. */
  empty: z.literal(0).nullable().default(null),
});

/** Features that read the same rows. */
export const featureGroupSchema = z.strictObject({
  /**
   * What may stand after FROM, with a column `account_id`: a view `known_<table>` or a query over such views in
   * parentheses. `known_…` views hold only what was known before the snapshot; nothing else may be read.
   */
  from: z.string().min(1),
  features: z.array(featureDefinitionSchema).min(1),
});

/** One side of customer health and the features that measure it. */
export const aspectSchema = z.strictObject({
  /** snake_case: `support`, `executive_relationship`. */
  aspect: z.string().regex(/^[a-z][a-z0-9_]*$/, 'needed: lower-case letters, digits and _, a letter first'),
  /** For people: "Support". */
  title: z.string().min(1),
  /** Tables without which the aspect cannot be measured; it is left out when one of them has no rows. */
  needs: z.array(tableName),
  groups: z.array(featureGroupSchema).min(1),
});

export type FeatureDefinition = z.infer<typeof featureDefinitionSchema>;
export type FeatureGroup = z.infer<typeof featureGroupSchema>;
export type AspectDefinition = z.infer<typeof aspectSchema>;

/**
 * Types an aspect of one's own; put it in a file of its own in the workspace's `aspects` folder, as its default export.
 *
 * @example
 * export default defineAspect({
 *   aspect: 'incident_weight',
 *   title: 'Weight of incidents',
 *   needs: ['incidents'],
 *   groups: [{
 *     from: 'known_incidents',
 *     features: [{
 *       name: 'severe_incidents_90d',
 *       unit: 'incidents',
 *       description: 'Severe incidents in the 90 days before',
 *       sql: "count(*) FILTER (severity = 'high' AND occurred_at >= {snapshot} - INTERVAL 90 DAY)",
 *       empty: 0,
 *     }],
 *   }],
 * });
 */
export function defineAspect(aspect: z.input<typeof aspectSchema>): z.input<typeof aspectSchema> {
  return aspect;
}
