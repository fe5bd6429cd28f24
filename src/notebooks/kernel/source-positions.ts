import { SourceMap } from 'node:module';

type Payload = ConstructorParameters<typeof SourceMap>[0];

/** tslab puts a line before each cell, so that TypeScript takes it for a module. */
const LINES_BEFORE = 1;
const INLINE_MAP = /\n?\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;
const NAMED_MAP = /\n?\/\/# sourceMappingURL=\S+\s*$/;

/** Where in the cell the code that runs comes from. */
export interface CompiledCell {
  readonly toModule: SourceMap;
  readonly toCell: SourceMap;
  /** Of the code that runs. */
  readonly lines: number;
}

/** Takes the source map off a text of TypeScript's; `null` when it carries none. */
export function takeMap(text: string): { code: string; map: Payload | null } {
  const [, base64] = INLINE_MAP.exec(text) ?? [];
  const map = base64 === undefined ? null : (JSON.parse(Buffer.from(base64, 'base64').toString()) as Payload);
  return { code: text.replace(INLINE_MAP, ''), map };
}

/** tslab compiles in two steps, to a module and then to what runs; each has its map. */
export function compiledCell(first: Payload, second: string, code: string): CompiledCell {
  return {
    toCell: new SourceMap(first),
    toModule: new SourceMap(JSON.parse(second) as Payload),
    lines: code.split('\n').length,
  };
}

export const withoutMapName = (code: string): string => code.replace(NAMED_MAP, '');

/** Line and column of the cell, from 1, for those of the code that runs; `null` for what tslab put around it. */
export function cellPosition(
  { toModule, toCell, lines }: CompiledCell,
  line: number,
  column: number,
): { line: number; column: number } | null {
  if (line > lines) return null;
  const inModule = toModule.findEntry(line - 1, column - 1);
  if (!('originalLine' in inModule)) return null;
  const inCell = toCell.findEntry(inModule.originalLine, inModule.originalColumn);
  if (!('originalLine' in inCell)) return null;
  return { line: inCell.originalLine - LINES_BEFORE + 1, column: inCell.originalColumn + 1 };
}
