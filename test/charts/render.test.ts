import { describe, expect, it } from 'vitest';
import { type ChartSpec, makeChart } from '../../src/charts/chart-spec.js';
import { driversChart } from '../../src/charts/drivers.js';
import { liftChart } from '../../src/charts/lift.js';
import { reliabilityChart } from '../../src/charts/reliability.js';
import { renderPng, renderSvg } from '../../src/charts/render.js';
import { hostileCard, signalCard } from '../reports/card-fixture.js';
import { drawnTexts } from './compile-chart.js';

const card = signalCard();

function clippedChart(size: number): ChartSpec {
  return makeChart({
    title: 'clipped',
    subtitle: '',
    description: '',
    height: 60,
    layer: [
      {
        data: { values: [{ a: 1 }, { a: 2 }] },
        mark: { type: 'point', clip: true, size },
        encoding: { x: { field: 'a', type: 'quantitative' } },
      },
    ],
  });
}

describe('renderSvg', () => {
  it('gives the same bytes again, alone or in company', async () => {
    const alone = await renderSvg(clippedChart(5));
    const [first, , second] = await Promise.all([
      renderSvg(clippedChart(5)),
      renderSvg(liftChart(card.evaluation)),
      renderSvg(clippedChart(5)),
    ]);
    expect(first).toBe(alone);
    expect(second).toBe(alone);
  });

  it('gives different charts different ids, so that one page can hold them', async () => {
    const idsOf = async (size: number) =>
      [...(await renderSvg(clippedChart(size))).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    const [small, large] = [await idsOf(5), await idsOf(50)];
    expect(small.length).toBeGreaterThan(0);
    expect(large.filter((id) => small.includes(id))).toEqual([]);
  });

  it('has the width asked for and says what it shows', async () => {
    const svg = await renderSvg(liftChart(card.evaluation), { width: 470 });
    expect(svg).toMatch(/^<svg role="img" aria-label="How many of the riskiest accounts left\. Churn rate/);
    expect(svg).toMatch(/ width="4[67]\d" /);
  });

  it('escapes names from data and drops what XML forbids', async () => {
    const svg = await renderSvg(driversChart(hostileCard().drivers));
    expect(svg).not.toMatch(/<img|<script|<\/script/i);
    expect(svg).not.toContain('\u001b');
    expect(svg).not.toContain('\u0007');
    expect(drawnTexts(svg).some((text) => text.startsWith('<img src=x'))).toBe(true);
  });

  it('cuts long labels and gives the plot the room that they no longer need', async () => {
    const svg = await renderSvg(driversChart(hostileCard().drivers));
    const plotStart = Number(/<g fill="none"[^>]*transform="translate\(([\d.]+),/.exec(svg)![1]);
    expect(drawnTexts(svg).filter((text) => text.endsWith('…')).length).toBeGreaterThan(0);
    expect(plotStart).toBeLessThan(185);
  });

  it('lets no label of an axis lie on the next one', async () => {
    const svg = await renderSvg(reliabilityChart(card.evaluation.reliability), { width: 320 });
    const labels = [
      ...svg.matchAll(/text-anchor="middle" transform="translate\(([\d.]+),15\)"[^>]*>([^<]+)</g),
    ];
    const lefts = labels.map(([, x]) => Number(x));
    expect(lefts.length).toBeGreaterThan(2);
    for (let i = 1; i < lefts.length; i++) expect(lefts[i]! - lefts[i - 1]!).toBeGreaterThan(36);
  });
});

describe('renderPng', () => {
  const dimensions = (png: Uint8Array) => {
    const view = new DataView(png.buffer, png.byteOffset);
    return [view.getUint32(16), view.getUint32(20)];
  };

  it('draws spec and SVG alike, at the scale asked for', async () => {
    const spec = liftChart(card.evaluation);
    const svg = await renderSvg(spec);
    const [width, height] = [...svg.matchAll(/ (?:width|height)="([\d.]+)"/g)].map((match) =>
      Number(match[1]),
    );
    const png = await renderPng(spec, { scale: 3 });
    expect(dimensions(png)).toEqual([3 * width!, 3 * height!]);
    expect(Buffer.compare(await renderPng(svg, { scale: 3 }), png)).toBe(0);
  });

  it('draws hostile names', async () => {
    const png = await renderPng(driversChart(hostileCard().drivers), { scale: 1 });
    expect([...png.slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
  });
});
