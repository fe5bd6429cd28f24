import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { breakLines, textWidth } from '../../src/charts/text-width.js';

const { resolve } = createRequire(import.meta.url);

/** The distance between the insides of two bars, as resvg sets the text between them. */
function drawnWidth(text: string, weight: number): number {
  const set = (content: string) =>
    new Resvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="40"><text y="30" font-size="20" font-family="DejaVu Sans" font-weight="${weight}" style="font-kerning: none">|${content}|</text></svg>`,
      {
        font: {
          loadSystemFonts: false,
          fontFiles: ['DejaVuSans', 'DejaVuSans-Bold'].map((name) =>
            resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`),
          ),
        },
      },
    ).getBBox()!.width;
  return set(text) - set('');
}

describe('text width', () => {
  it.each([
    ['Predicted chance of leaving', 400],
    ['0.8504 (0.8312–0.8696)', 400],
    ['How well each candidate ranks', 700],
  ])('agrees with resvg on "%s" at weight %d', (text, weight) => {
    const width = textWidth(text, { fontSize: 20, bold: weight === 700 });
    expect(Math.abs(width / drawnWidth(text, weight) - 1)).toBeLessThan(0.03);
  });

  it('breaks lines at spaces and leaves a long word whole', () => {
    expect(breakLines('aa bb cccccccc d', 40, { fontSize: 10 })).toEqual(['aa bb', 'cccccccc', 'd']);
  });

  it('gives full width to the scripts of East Asia', () => {
    expect(textWidth('顧客', { fontSize: 10 })).toBe(20);
  });
});
