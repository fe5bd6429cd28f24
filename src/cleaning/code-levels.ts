import type { Note, RawColumn } from '../tables/raw-table.js';
import type { CategoryColumn } from '../tables/table.js';
import { asTexts } from './coerce.js';
import { isMissingText, levelText } from './missing.js';
import { type FeatureRecipe, otherLevel } from './recipe-record.js';

const shownLevels = 3;

/**
 * A raw column in the level codes that training learned. Learned levels come first, so a word such as `None`
 * that training kept as an answer is one here too; other missing words are missing; a level that training
 * did not see is `(other)` where there is one, else missing, and a note counts its rows.
 */
export function codeLevels(
  feature: Extract<FeatureRecipe, { kind: 'category' }>,
  raw: RawColumn,
): { column: CategoryColumn; notes: Note[] } {
  const { codes, levels } = asTexts(raw);
  const learned = new Map(feature.levels.map((level, code) => [level, code]));
  const other = learned.get(otherLevel) ?? -1;
  const isUnseen = (text: string) => !learned.has(levelText(text)) && !isMissingText(text);
  const mapping = Int32Array.from(levels, (text) =>
    isUnseen(text) ? other : (learned.get(levelText(text)) ?? -1),
  );
  const coded = codes.map((code) => (code < 0 ? -1 : mapping[code]!));
  const column: CategoryColumn = {
    kind: 'category',
    name: feature.name,
    codes: coded,
    levels: feature.levels,
  };
  const unseen = other < 0 ? levels.map(isUnseen) : [];
  return { column, notes: unseen.includes(true) ? unseenLevels(feature.name, codes, levels, unseen) : [] };
}

function unseenLevels(
  name: string,
  codes: Int32Array,
  levels: readonly string[],
  unseen: readonly boolean[],
): Note[] {
  const found = new Set<string>();
  let rows = 0;
  for (const code of codes) {
    if (code < 0 || !unseen[code]) continue;
    rows++;
    if (found.size < shownLevels) found.add(levels[code]!);
  }
  if (rows === 0) return [];
  const examples = [...found].map((level) => `"${level.slice(0, 40)}"`).join(', ');
  const message = `"${name}" has levels in ${rows} rows that training did not see (${examples}); they count as missing`;
  return [{ kind: 'unseen-level', column: name, message }];
}
