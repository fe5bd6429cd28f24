import { z } from 'zod';
import { requireNames } from './nearest-name.js';

const dateOrderSchema = z.enum(['ymd', 'dmy', 'mdy']);

/** What the training rows held, `NaN` and cells at fault apart. */
const learnedNumbers = {
  name: z.string(),
  /** Share of the training rows without a value. */
  missingShare: z.number(),
  min: z.number(),
  max: z.number(),
  median: z.number(),
};

/** How one column of the raw table becomes one feature. */
export const featureRecipeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), ...learnedNumbers, decimalComma: z.boolean() }),
  z.strictObject({
    kind: z.literal('instant'),
    ...learnedNumbers,
    order: dateOrderSchema,
    /** Fractions of a day count. Before the row's time: positive is the past. */
    unit: z.enum(['days-since-1970', 'days-before-time']),
  }),
  z.strictObject({
    kind: z.literal('category'),
    name: z.string(),
    missingShare: z.number(),
    /** In text order (UTF-16), `(other)` last where rare levels were lumped. */
    levels: z.array(z.string()),
    mostFrequent: z.string(),
  }),
]);
export type FeatureRecipe = z.infer<typeof featureRecipeSchema>;

/** Why a column is no feature. */
export const leftOutReasonSchema = z.enum([
  'target',
  'id',
  'group',
  'time',
  'leak',
  'constant',
  'all-missing',
  'id-like',
  'ambiguous-date',
  'mostly-distinct',
]);
export type LeftOutReason = z.infer<typeof leftOutReasonSchema>;

/** `recipe.json`: all that cleaning learned from the training rows. */
export const recipeSchema = z.strictObject({
  formatVersion: z.literal(1),
  /** Training rows that it was learned from. */
  rows: z.int(),
  id: z.string().nullable(),
  target: z.string().nullable(),
  /** The level of the target that means churned. */
  positive: z.string().nullable(),
  group: z.string().nullable(),
  time: z.strictObject({ name: z.string(), order: dateOrderSchema }).nullable(),
  /** In the order of the training table's columns. */
  features: z.array(featureRecipeSchema),
  leftOut: z.array(z.strictObject({ name: z.string(), reason: leftOutReasonSchema })),
  notes: z.array(
    z.strictObject({ kind: z.string(), column: z.string().exactOptional(), message: z.string() }),
  ),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** The level that stands for levels with few training rows. */
export const otherLevel = '(other)';

/** The raw columns without which the recipe cannot be applied: id, features, and the time that dates need. */
export function requiredColumns(recipe: Recipe): string[] {
  const needsTime = recipe.features.some(
    (feature) => feature.kind === 'instant' && feature.unit === 'days-before-time',
  );
  return [
    ...(recipe.id === null ? [] : [recipe.id]),
    ...(recipe.time && needsTime ? [recipe.time.name] : []),
    ...recipe.features.map((feature) => feature.name),
  ];
}

/**
 * Holds a table's column names to what the recipe needs; extra columns and any order are fine.
 *
 * @throws ChurnError `missing-column` naming all that are missing
 */
export function requireColumns(recipe: Recipe, columnNames: readonly string[]): void {
  requireNames('recipe', requiredColumns(recipe), columnNames);
}

/** What is usual for each feature, and how its values are written. */
export interface UsualFeature {
  /** The training median of a number, the most frequent level of a category. */
  readonly typical: number | string;
  /** `date` counts days since 1970, `days` counts days before the row's time. */
  readonly unit: 'number' | 'category' | 'date' | 'days';
}

/**
 * The usual value of every feature, by name.
 *
 * @example
 * usualValues(recipe)['segment']; // { typical: 'small', unit: 'category' }
 */
export function usualValues(recipe: Recipe): Record<string, UsualFeature> {
  return Object.fromEntries(recipe.features.map((feature) => [feature.name, usualValue(feature)]));
}

function usualValue(feature: FeatureRecipe): UsualFeature {
  if (feature.kind === 'category') return { typical: feature.mostFrequent, unit: 'category' };
  if (feature.kind === 'number') return { typical: feature.median, unit: 'number' };
  return { typical: feature.median, unit: feature.unit === 'days-since-1970' ? 'date' : 'days' };
}
