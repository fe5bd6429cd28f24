import { type Block, paragraph } from '../blocks.js';
import { cellTexts } from '../cell-text.js';
import type { DisplayOptions } from '../display-options.js';
import { isEstimate } from '../shapes.js';

/** A figure with its interval; `units` and `digits` name it `value`. */
export function estimateBlocks(estimate: unknown, options: DisplayOptions): Block[] | null {
  if (!isEstimate(estimate)) return null;
  const { title, texts } = cellTexts('value', [estimate], options);
  const unit = /^value \((.*)\)$/s.exec(title)?.[1];
  const [figure, interval] = texts[0]!.split(' (');
  const behind = unit === undefined ? '' : ` ${unit}`;
  return [paragraph(`${figure}${behind} (95 % interval ${interval}`)];
}
