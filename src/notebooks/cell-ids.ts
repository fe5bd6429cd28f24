import { createHash } from 'node:crypto';
import type { Cell } from './notebook.js';

/** The cells with ids, which nbformat 4.5 wants: missing ones come from position and source, so runs agree. */
export function withCellIds(cells: readonly Cell[]): Cell[] {
  const taken = new Set(cells.map(({ id }) => id));
  return cells.map((cell, position) => {
    if (cell.id !== undefined) return cell;
    let id = hashOf(`${position}\n${cell.source}`);
    while (taken.has(id)) id = hashOf(id);
    taken.add(id);
    return { ...cell, id };
  });
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
