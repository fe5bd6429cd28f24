import type { StageDefinition } from '../../journey/stage.js';
import type { Block } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isListOf, isShaped } from '../shapes.js';

/** `describeStages`: the rules of a journey, uncut. */
export function stagesBlocks(value: unknown): Block[] | null {
  if (!isListOf(value, isStage)) return null;
  return [
    resultTable(
      'Stages of the journey: an account stands in the furthest one whose rule holds',
      [
        ['Stage', 'text'],
        ['Rule', 'sentence'],
      ],
      value.map(({ stage, description }) => [stage, description]),
    ),
  ];
}

const isStage = (value: unknown): value is StageDefinition =>
  isShaped<StageDefinition>(value, ['stage', 'description']) &&
  Object.keys(value).length === 2 &&
  Object.values(value).every((part) => typeof part === 'string');
