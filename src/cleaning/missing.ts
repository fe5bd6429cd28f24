/** Compared after trimming and lower-casing. `<na>` is how pandas prints a missing value. */
const missingWords = new Set(['', 'na', 'n/a', '#n/a', '<na>', 'nan', 'null', 'none', '-', '--', '?']);
const longestWord = 4;

/**
 * Whether a cell's text means "missing" where a number, a date or an id is expected: empty or white space,
 * `NA`, `N/A`, `#N/A`, `<NA>`, `NaN`, `null`, `None`, `-`, `--`, `?`, in any case and with spaces around.
 * `No`, `0`, `unknown` and `other` are answers, never missing.
 *
 * @example
 * isMissingText(' n/a '); // true
 */
export function isMissingText(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= longestWord && missingWords.has(trimmed.toLowerCase());
}

/**
 * Whether a text means "missing" in a category column. As `isMissingText`, apart from two words that are
 * answers at least as often: `None` ("no discount") is always a level here, and `NA` is one where
 * `keepsNA` says that the column holds country codes (Namibia). A model loses nothing by either reading, as
 * missing is a group of its own; reasons in words read better as "discount is None".
 */
export function isMissingLevel(text: string, keepsNA: boolean): boolean {
  if (!isMissingText(text)) return false;
  const word = text.trim();
  return word.toLowerCase() !== 'none' && !(keepsNA && word === 'NA');
}

/** Whether a column's name says "country" and its other levels are all two capital letters, at least three. */
export function holdsCountryCodes(name: string, levels: readonly string[]): boolean {
  if (!/country|nation/i.test(name)) return false;
  const others = levels.filter((level) => !isMissingText(level));
  return others.length >= 3 && others.every((level) => /^[A-Z]{2}$/.test(level.trim()));
}

/**
 * A category cell's text as a level: spaces around it dropped, and `TRUE`, `True`, `true` made one, as CSV,
 * pandas and Parquet each spell it in their own way. Other differences of case are kept.
 */
export function levelText(text: string): string {
  const trimmed = text.trim();
  return /^(?:true|false)$/i.test(trimmed) ? trimmed.toLowerCase() : trimmed;
}
