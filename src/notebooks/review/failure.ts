import { shortly } from '../compare/difference.js';
import type { CellFinding } from './finding.js';

export interface FailedCell {
  readonly cell: number;
  /** What the kernel said. */
  readonly message: string;
}

/** How many faults of one cell are told. */
const TOLD = 5;

/**
 * Says in findings why a run stopped: each type error by itself, a name that nothing above defines as hidden state.
 *
 * @param laterNames what the cells after the failed one define
 */
export function explainFailure(
  { cell, message }: FailedCell,
  laterNames: ReadonlySet<string>,
): CellFinding[] {
  const diagnostics = [...message.matchAll(/^(\d+):(\d+) - (.+)$/gm)];
  const findings =
    diagnostics.length === 0
      ? [explainError(message, laterNames)]
      : diagnostics.map(([, line, , text]) => explainDiagnostic(Number(line), text!, laterNames));
  const told = new Map(findings.map((finding) => [finding.kind + finding.message, finding]));
  return [...told.values()].slice(0, TOLD).map((finding) => ({ ...finding, cell }));
}

type Explained = Omit<CellFinding, 'cell'>;

function explainDiagnostic(line: number, text: string, laterNames: ReadonlySet<string>): Explained {
  const name = /^Cannot find name '([^']+)'\.(?! Did you mean)/.exec(text)?.[1];
  if (name !== undefined) return hiddenState(name, laterNames);
  const module = /^Cannot find module '([^']+)'/.exec(text)?.[1];
  if (module !== undefined) return missingModule(module);
  return { kind: 'type-error', message: `line ${line}: ${shortly(text, 160)}` };
}

function explainError(message: string, laterNames: ReadonlySet<string>): Explained {
  const name = /ReferenceError: (\S+) is not defined/.exec(message)?.[1];
  if (name !== undefined) return hiddenState(name, laterNames);
  const module = /Cannot find (?:module|package) '([^']+)'/.exec(message)?.[1];
  if (module !== undefined) return missingModule(module);
  const told =
    /^(?:Uncaught )?[A-Z]\w*(?:Error|Exception)?(?: \[\w+\])?: .+$/m.exec(message)?.[0] ??
    message.replace(/^stopped: /, '');
  return { kind: 'failed', message: `the run stopped: ${shortly(told, 160)}` };
}

function hiddenState(name: string, laterNames: ReadonlySet<string>): Explained {
  const why = laterNames.has(name)
    ? 'a cell further down defines it: cells ran out of order'
    : "no cell defines it: it came from a cell that is gone, or lived on in the kernel's memory";
  return { kind: 'hidden-state', message: `${name} is not known here; ${why}` };
}

function missingModule(module: string): Explained {
  const isFile = /^[./]/.test(module);
  const way = isFile
    ? 'is there such a file beside the notebook?'
    : `npm install ${module}, or correct the name`;
  return { kind: 'missing-module', message: `module ${module} is not found; ${way}` };
}
