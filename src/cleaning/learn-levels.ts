import { levelText } from './missing.js';
import { otherLevel } from './recipe-record.js';
import { countLevels, type Tally } from './tally.js';

/** Up to so many levels all are kept, however rare. */
const mostKeptWhole = 30;
/** In longer lists a level needs so many training rows to be kept. */
const fewestRows = 10;

/**
 * A category's levels from the texts of its training rows, in text order (UTF-16, the same in every locale),
 * `(other)` last when rare ones were lumped; and the one with most rows, the first in text order on a tie.
 */
export function learnLevels(present: Tally): { levels: string[]; mostFrequent: string } {
  const rows = countLevels(present, levelText);
  if (rows.size > mostKeptWhole) {
    let lumped = rows.get(otherLevel) ?? 0;
    for (const [level, count] of rows) {
      if (count >= fewestRows || level === otherLevel) continue;
      rows.delete(level);
      lumped += count;
    }
    if (lumped > 0) rows.set(otherLevel, lumped);
  }
  const levels = [...rows.keys()].filter((level) => level !== otherLevel).sort();
  if (rows.has(otherLevel)) levels.push(otherLevel);
  const mostFrequent = levels.reduce((most, level) => (rows.get(level)! > rows.get(most)! ? level : most));
  return { levels, mostFrequent };
}
