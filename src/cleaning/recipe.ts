/** The recipe under one address: its record, learning it, applying it. */
export { applyRecipe, type CleanedTable } from './apply-recipe.js';
export { fitRecipe, type RecipeOptions } from './fit-recipe.js';
export {
  type FeatureRecipe,
  featureRecipeSchema,
  type LeftOutReason,
  otherLevel,
  type Recipe,
  recipeSchema,
  requireColumns,
  requiredColumns,
  type UsualFeature,
  usualValues,
} from './recipe-record.js';
