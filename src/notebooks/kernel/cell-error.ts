import { inspect } from 'node:util';
import { type CompiledCell, cellPosition } from './source-positions.js';

/** A failed cell as Jupyter's protocol has it, and the line of the cell, from 1, that is to blame where one is known. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
  readonly line: number | null;
}

/** What TypeScript has against a cell; line and column from 1. */
export interface Diagnostic {
  /** Of the user's, `null` for the cell itself. */
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Cells run under this name, so that stacks tell them from all other code. */
export const cellName = (number: number): string => `cell ${number}`;
const CELL_FRAME = /\bcell (\d+):(\d+):(\d+)/;

/** Type and syntax errors and modules that are not there: each with its line of the cell and a mark below. */
export function diagnosticsError(source: string, diagnostics: readonly Diagnostic[]): CellError {
  const lines = source.split('\n');
  const parts = diagnostics.map(({ file, line, column, text }) => {
    const place = `${file === null ? '' : `${file} `}${line}:${column}`;
    const code = file === null ? lines[line - 1] : undefined;
    return [
      `${place} - ${text}`,
      ...(code === undefined ? [] : [`  ${code}`, `  ${' '.repeat(column - 1)}^`]),
    ];
  });
  return {
    ename: 'TypeScriptError',
    evalue: diagnostics.map(({ text }, index) => parts[index]![0] ?? text).join('\n'),
    traceback: parts.flat(),
    line: diagnostics.find(({ file }) => file === null)?.line ?? null,
  };
}

/** What a cell threw: its stack with lines of the cells, cut where tslab begins. */
export function thrownError(
  thrown: unknown,
  number: number,
  compiled: ReadonlyMap<number, CompiledCell>,
): CellError {
  if (!(thrown instanceof Error)) {
    const evalue = typeof thrown === 'string' ? thrown : inspect(thrown);
    return { ename: 'Thrown', evalue, traceback: [`Thrown: ${evalue}`], line: null };
  }
  if (isInterrupt(thrown)) {
    const evalue = 'the cell was interrupted';
    return { ename: 'Interrupted', evalue, traceback: [`Interrupted: ${evalue}`], line: null };
  }
  const frames = framesOf(thrown, compiled);
  const own = frames.map((frame) => CELL_FRAME.exec(frame)).find((match) => Number(match?.[1]) === number);
  return {
    ename: thrown.name,
    evalue: thrown.message,
    traceback: [...tracebackOf(thrown, frames), ...causesOf(thrown, compiled)],
    line: own ? Number(own[2]) : null,
  };
}

function tracebackOf({ name, message }: Error, frames: readonly string[]): string[] {
  return [message === '' ? name : `${name}: ${message}`, ...frames];
}

/** A cause may have causes; a circle of them ends somewhere too. */
function causesOf({ cause }: Error, compiled: ReadonlyMap<number, CompiledCell>, depth = 0): string[] {
  if (!(cause instanceof Error) || depth > 5) return [];
  const [first, ...rest] = tracebackOf(cause, framesOf(cause, compiled));
  return [`caused by ${first}`, ...rest, ...causesOf(cause, compiled, depth + 1)];
}

function framesOf({ stack }: Error, compiled: ReadonlyMap<number, CompiledCell>): string[] {
  const lines = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  // Functions of cells are called on an object of tslab's.
  const frames = lines.map((line) => line.replace(/(at (?:async )?)Proxy\./, '$1'));
  const placed = frames.map((frame) => placedFrame(frame, compiled));
  const last = placed.findLastIndex((frame) => frame !== null && CELL_FRAME.test(frame));
  return placed.slice(0, last + 1).filter((frame) => frame !== null);
}

/** `null` for a frame of what tslab puts around a cell. */
function placedFrame(frame: string, compiled: ReadonlyMap<number, CompiledCell>): string | null {
  const match = CELL_FRAME.exec(frame);
  const cell = compiled.get(Number(match?.[1]));
  if (!match || !cell) return frame;
  const place = cellPosition(cell, Number(match[2]), Number(match[3]));
  return place && frame.replace(CELL_FRAME, `${cellName(Number(match[1]))}:${place.line}:${place.column}`);
}

const isInterrupt = (thrown: Error): boolean =>
  (thrown as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' ||
  thrown.message === 'Interrupted asynchronously';
