import { compile, type TopLevelSpec } from 'vega-lite';
import type { ChartSpec } from '../../src/charts/chart-spec.js';

/** Compiles a chart at a fixed width and gives every warning that Vega-Lite has about it. */
export function compileWarnings(spec: ChartSpec): string[] {
  const warnings: string[] = [];
  const note = (...words: readonly unknown[]) => {
    warnings.push(words.join(' '));
    return logger;
  };
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
  compile({ ...spec, width: 640 } as unknown as TopLevelSpec, { logger: logger as never });
  return warnings;
}

/** The spec as text for a snapshot: without the theme, numbers rounded, of each layer's data the first rows and their count. */
export function specShape({ config: _, ...spec }: ChartSpec): string {
  const round = (_: string, part: unknown) => (typeof part === 'number' ? Number(part.toPrecision(4)) : part);
  const shorten = (key: string, part: unknown) =>
    key === 'values' && Array.isArray(part)
      ? [...part.slice(0, 3).map((row) => JSON.stringify(row, round)), `${part.length} rows`]
      : round(key, part);
  return `${JSON.stringify(spec, shorten, 1)}\n`;
}

/** Texts drawn in an SVG, unescaped, in drawing order. */
export function drawnTexts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) =>
    match[1]!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
}
