import type { Output } from '../notebook.js';
import { type CompareOptions, DEFAULT_TOLERANCE, type OutputDifference, shortly } from './difference.js';
import { type Bundle, compareDisplay, type DisplayKind, kindOf, nameOf } from './display.js';
import { compareText } from './text.js';

/**
 * Compares what a cell shows by meaning: its printed text, its displays kind by kind in order, its errors. How text
 * and displays interleave makes no difference, since they reach a notebook on different ways.
 */
export function compareOutputs(
  before: readonly Output[],
  after: readonly Output[],
  { tolerance = DEFAULT_TOLERANCE }: CompareOptions = {},
): OutputDifference[] {
  return [
    ...(['stdout', 'stderr'] as const).flatMap((name) =>
      compareText(textOf(before, name), textOf(after, name), tolerance),
    ),
    ...compareDisplays(bundlesOf(before), bundlesOf(after), tolerance),
    ...compareErrors(before, after),
  ];
}

/** Compares the kinds of outputs alone, for cells that are meant to show something else each time. */
export function compareKinds(before: readonly Output[], after: readonly Output[]): OutputDifference[] {
  const [was, is] = [before, after].map(
    (outputs) => [...new Set(outputs.map(wordFor))].sort().join(', ') || 'nothing',
  );
  return was === is ? [] : [{ kind: 'display', message: `shows ${is} where it showed ${was}` }];
}

const wordFor = (output: Output): string => {
  if (output.output_type === 'stream') return `text on ${output.name}`;
  return output.output_type === 'error' ? 'an error' : `a ${kindOf(output.data)}`;
};

const textOf = (outputs: readonly Output[], name: 'stdout' | 'stderr'): string =>
  outputs
    .map((output) => (output.output_type === 'stream' && output.name === name ? output.text : ''))
    .join('');

const bundlesOf = (outputs: readonly Output[]): Bundle[] =>
  outputs.flatMap((output) => ('data' in output ? [output.data] : []));

function compareDisplays(
  before: readonly Bundle[],
  after: readonly Bundle[],
  tolerance: number,
): OutputDifference[] {
  const kinds = [...new Set([...before, ...after].map(kindOf))];
  return kinds.flatMap((kind) => {
    const [ours, theirs] = [before, after].map((bundles) =>
      bundles.filter((bundle) => kindOf(bundle) === kind),
    );
    const { pairs, lost, added } = facing(ours!, theirs!);
    return [
      ...pairs.flatMap(([was, is]) => compareDisplay(was, is, tolerance)),
      ...lost.map((bundle) => displayMissing(kind, bundle, 'less')),
      ...added.map((bundle) => displayMissing(kind, bundle, 'more')),
    ];
  });
}

/** Displays of one kind: all in order when there are as many, otherwise by name first. */
function facing(before: readonly Bundle[], after: readonly Bundle[]) {
  const pairs: [Bundle, Bundle][] = [];
  if (before.length === after.length) {
    return { pairs: before.map((bundle, i): [Bundle, Bundle] => [bundle, after[i]!]), lost: [], added: [] };
  }
  const added = [...after];
  const lost: Bundle[] = [];
  for (const bundle of before) {
    const found = added.findIndex((other) => nameOf(other) === nameOf(bundle));
    if (found < 0) lost.push(bundle);
    else pairs.push([bundle, added.splice(found, 1)[0]!]);
  }
  while (lost.length > 0 && added.length > 0) pairs.push([lost.shift()!, added.shift()!]);
  return { pairs, lost, added };
}

function displayMissing(kind: DisplayKind, bundle: Bundle, fate: 'less' | 'more'): OutputDifference {
  const name = nameOf(bundle);
  const word = kind === 'data' || kind === 'text' || kind === 'provenance' ? `display of ${kind}` : kind;
  return {
    kind: 'display',
    message: `shows a ${word} ${fate}${name === '' ? '' : ` (“${shortly(name, 60)}”)`}`,
  };
}

function compareErrors(before: readonly Output[], after: readonly Output[]): OutputDifference[] {
  const [was, is] = [before, after].map((outputs) =>
    outputs.flatMap((output) =>
      output.output_type === 'error' ? [`${output.ename}: ${output.evalue}`] : [],
    ),
  );
  if (was!.join('\n') === is!.join('\n')) return [];
  const text = (errors: readonly string[]): string => shortly(errors.join('; ')) || 'none';
  return [{ kind: 'error', message: `error ${text(was!)} → ${text(is!)}` }];
}
