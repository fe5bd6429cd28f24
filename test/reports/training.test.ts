import { beforeAll, describe, expect, it } from 'vitest';
import { trainingReport } from '../../src/reports/training.js';
import { HOSTILE, hostileCard, noSignalCard, signalCard } from './card-fixture.js';

/** The page without its scripts and styles, tags dropped: what a reader reads. */
function readText(page: string): string {
  return page
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

/** The page without what npm packages brought. */
const ownMarkup = (page: string) => page.replace(/<script>[\s\S]*?<\/script>/g, '');

let signal: string;
let noSignal: string;
let hostile: string;
beforeAll(async () => {
  signal = await trainingReport(signalCard());
  noSignal = await trainingReport(noSignalCard());
  hostile = await trainingReport(hostileCard());
});

describe('training report', () => {
  it('says the verdict first and the headline figures in words', () => {
    const text = readText(signal);
    const order = [
      'Signal The model tells churners apart',
      '82 %of the 10 % riskiest accounts left (76–88 %), against 27 % overall',
      'What was tried',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(text).toContain('371 : 374leavers predicted and found; predicted ÷ found is 0.99 (0.93–1.05)');
  });

  it('holds every part of the run', () => {
    const text = readText(signal);
    const { data, candidates, drivers, topAccounts, notes } = signalCard();
    for (const part of [
      data.sha256,
      ...candidates.map(({ settings }) => settings),
      ...drivers.slice(0, 9).map(({ feature }) => feature),
      ...topAccounts.map(({ id }) => id),
      ...notes.map(({ message }) => message),
      'Against the logistic regression: no clear difference; log loss −0.0077 (−0.0159 to +0.0005)',
      '5,632 accounts to learn from, 1,409 held back',
      'Seed7',
    ]) {
      expect(text).toContain(part);
    }
    expect(signal.match(/<figure class="chart">/g)).toHaveLength(17);
  });

  it('makes no signal look different and shows nothing that one might act on', () => {
    expect(noSignal).toContain('<section class="verdict warning"');
    expect(signal).not.toContain('class="verdict warning"');
    const text = readText(noSignal);
    expect(text).toContain('No signal Nothing in this table');
    for (const part of [
      '7590-VHVEG',
      'What drives the risk',
      'What would contacting',
      'riskiest accounts left',
    ]) {
      expect(text).not.toContain(part);
    }
    expect(text.indexOf('What was tried')).toBeLessThan(text.indexOf('Can the percentages'));
  });

  it('leads its contents to sections that are there', () => {
    for (const page of [signal, noSignal]) {
      const links = [...page.matchAll(/<a href="#([a-z]+)"/g)].map((match) => match[1]);
      const ids = [...page.matchAll(/<section id="([a-z]+)"/g)].map((match) => match[1]);
      expect(links).toEqual(ids);
    }
  });

  it.each(['signal', 'hostile'] as const)('loads nothing from anywhere (%s)', (kind) => {
    const page = { signal, hostile }[kind];
    expect(page).not.toMatch(/<(?:link|iframe|object|embed|base)\b/i);
    expect(page).not.toMatch(/<script[^>]+src/i);
    expect(page).not.toContain('sourceMappingURL');
    const addresses = [...ownMarkup(page).matchAll(/https?:\/\/[^"'\s<]+/g)].map((match) => match[0]);
    expect([...new Set(addresses)].sort()).toEqual([
      'http://www.w3.org/1999/xlink',
      'http://www.w3.org/2000/svg',
      'https://vega.github.io/schema/vega-lite/v6.json',
    ]);
    expect(page).toContain("default-src 'none'; script-src 'sha256-");
    expect(page).not.toContain('unsafe-eval');
  });

  it('runs only the scripts it was written with, each under its licence', () => {
    expect(hostile.match(/<script\b/g)).toHaveLength(signal.match(/<script\b/g)!.length);
    expect(signal.match(/<script>/g)).toHaveLength(4);
    expect(signal.match(/\/\*! vega(-lite|-embed)?\n/g)).toHaveLength(3);
    expect(signal.match(/Redistribution and use in source and binary forms/g)!.length).toBeGreaterThanOrEqual(
      3,
    );
  });

  it('shows hostile names as they stand and as text alone', () => {
    expect(ownMarkup(hostile)).not.toMatch(/<img|<\/script><script>alert/);
    for (const name of [HOSTILE.html, HOSTILE.script, HOSTILE.emoji, HOSTILE.arabic]) {
      expect(readText(hostile)).toContain(name);
    }
  });

  it('has a language, headings in order, captions, alternative texts and unique ids', () => {
    expect(signal).toContain('<html lang="en">');
    expect(signal.match(/<h1/g)).toHaveLength(1);
    const own = ownMarkup(signal);
    expect(own.match(/<caption>/g)).toHaveLength(own.match(/<table /g)!.length);
    expect(signal.match(/<svg role="img" aria-label="[^"]{20,}"/g)).toHaveLength(17);
    const ids = [...own.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives the same bytes for the same card, and not too many', async () => {
    expect(await trainingReport(signalCard())).toBe(signal);
    expect(Buffer.byteLength(signal)).toBeLessThan(1_500_000);
  });

  it('does without drivers and accounts', async () => {
    const page = await trainingReport(
      signalCard({ drivers: [], topAccounts: [], notes: [], differences: [] }),
    );
    expect(page).not.toContain('id="drivers"');
    expect(page).not.toContain('id="accounts"');
  });
});
