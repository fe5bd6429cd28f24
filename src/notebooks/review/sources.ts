import { hasTag } from '../compare/notebooks.js';
import type { Notebook } from '../notebook.js';
import { type ChanceUse, findChance } from './chance.js';
import type { CellFinding } from './finding.js';
import { codeCells } from './order.js';
import { absolutePathsInOutputs, absolutePathsInSource } from './paths.js';
import { parseCell } from './syntax.js';

/**
 * What can be seen without running a notebook: broken syntax, places of one machine, chance without a seed, the clock.
 *
 * @param folder where the notebook lies, as an absolute path, which its outputs should not tell
 */
export function findInSources(notebook: Notebook, folder: string): CellFinding[] {
  return codeCells(notebook).flatMap(({ cell, index }) => {
    const syntax = parseCell(cell.source);
    const say = (kind: CellFinding['kind'], message: string): CellFinding => ({ kind, cell: index, message });
    const [fault] = syntax.faults;
    const chance = findChance(syntax).filter(({ what }) => what === 'chance' || !hasTag(cell, 'volatile'));
    return [
      ...(fault ? [say('syntax-error', `line ${fault.line}: ${fault.message}`)] : []),
      ...absolutePathsInSource(syntax).map(({ line, path }) =>
        say(
          'absolute-path',
          `line ${line}: ${path} is a place on one machine; write it relative to the notebook`,
        ),
      ),
      ...absolutePathsInOutputs(cell.outputs, folder).map((path) =>
        say('absolute-path', `its output shows ${path}, a place on one machine`),
      ),
      ...chance.map((use) => say('undeclared-randomness', chanceMessage(use))),
    ];
  });
}

function chanceMessage({ line, name, what }: ChanceUse): string {
  return what === 'chance'
    ? `line ${line}: ${name} is different in each run; use seededRandom(seed)`
    : `line ${line}: ${name} reads the clock; make the time a parameter, or tag the cell volatile`;
}
