import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVENANCE_TYPE, VEGA_LITE_TYPE } from '../../src/displays/mime-bundle.js';
import { compareNotebooks } from '../../src/notebooks/compare/notebooks.js';
import { type Output, readNotebook, writeNotebook } from '../../src/notebooks/notebook.js';
import { checkNotebook } from '../../src/notebooks/review/check-notebook.js';
import { describeFindings } from '../../src/notebooks/review/finding.js';

const folder = join(import.meta.dirname, '..', '..', 'notebooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.ipynb'));

async function outputsOf(file: string): Promise<Output[]> {
  const { cells } = await readNotebook(join(folder, file));
  return cells.flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []));
}

const shown = (outputs: readonly Output[], type: string) =>
  outputs.flatMap((output) => ('data' in output && type in output.data ? [String(output.data[type])] : []));

/** The output with one number of its table, and of its chart's data, another one. */
function tamperings(output: Output): Output[] {
  if (!('data' in output)) return [];
  const { 'text/html': markup, [VEGA_LITE_TYPE]: spec } = output.data;
  const inTable =
    typeof markup === 'string' && !(PROVENANCE_TYPE in output.data)
      ? nextDigit(markup, /(>[^<>]*?)(\d)([^<>]*<\/td>)/)
      : null;
  const inChart = spec ? nextDigit(JSON.stringify(spec), /("values":\[\{.*?":-?)(\d)(.*)/s) : null;
  return [
    ...(inTable === null ? [] : [{ ...output, data: { ...output.data, 'text/html': inTable } }]),
    ...(inChart === null
      ? []
      : [{ ...output, data: { ...output.data, [VEGA_LITE_TYPE]: JSON.parse(inChart) } }]),
  ];
}

/** With the digit in the pattern's second group one higher, and 1 after 9; `null` without one. */
function nextDigit(text: string, pattern: RegExp): string | null {
  if (!pattern.test(text)) return null;
  return text.replace(pattern, (_, before, digit, after) => `${before}${(Number(digit) % 9) + 1}${after}`);
}

// The committed outputs are part of the notebook: whoever changes them on purpose runs it again
// (`churnlab notebooks run`) and reads its text once more.
describe('notebooks, run afresh in the real kernel', () => {
  it.concurrent.each(files)('%s gives the committed outputs', { timeout: 300_000 }, async (file) => {
    expect(await checkNotebook(join(folder, file), { timeoutSeconds: 280 })).toEqual([]);
  });
});

describe('a notebook that was tampered with', () => {
  it('is stale by another seed', async () => {
    const notebook = await readNotebook(join(folder, '01-meet-the-data.ipynb'));
    const cells = notebook.cells.slice(0, 8).map((cell) => ({
      ...cell,
      source: cell.source.replace('seed: z.int().default(7)', 'seed: z.int().default(8)'),
    }));
    const place = await mkdtemp(join(tmpdir(), 'churnlab-test-'));
    await writeNotebook(join(place, 'a.ipynb'), { ...notebook, cells });
    const findings = await checkNotebook(join(place, 'a.ipynb'));
    await rm(place, { recursive: true });
    expect(findings.length).toBeGreaterThan(5);
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['stale']));
    expect(describeFindings(findings).join('\n')).toMatch(/Rows by table: usage_events.*100,779 → /);
  });

  it.each(files)('%s: another number in any table or chart is noticed', async (file) => {
    const before = await readNotebook(join(folder, file));
    const places = before.cells.flatMap((cell, index) =>
      cell.cell_type === 'code'
        ? cell.outputs.flatMap((output, o) => tamperings(output).map((bad) => ({ index, o, bad })))
        : [],
    );
    expect(places.length).toBeGreaterThan(3);
    for (const { index, o, bad } of places) {
      const cells = before.cells.map((cell, i) =>
        i === index && cell.cell_type === 'code' ? { ...cell, outputs: cell.outputs.with(o, bad) } : cell,
      );
      const { cells: different } = compareNotebooks(before, { ...before, cells });
      expect(different.map(({ cell }) => cell)).toEqual([index]);
    }
  });
});

describe.each(files)('%s', (file) => {
  it('asks one question, and decides every claim by its figures', async () => {
    const { cells } = await readNotebook(join(folder, file));
    expect(cells[0]).toMatchObject({
      cell_type: 'markdown',
      source: expect.stringMatching(/^# .+\n\n\*\*Question\.\*\*/),
    });
    const answer = shown(await outputsOf(file), 'text/plain').find((text) =>
      /^The (?:claims, decided|myths, held)/.test(text),
    );
    expect(answer?.split('\n').length).toBeGreaterThan(4);
    expect(answer).not.toMatch(/ no$/m);
  });

  it('draws, and ends with where its outputs came from', async () => {
    const outputs = await outputsOf(file);
    expect(shown(outputs, VEGA_LITE_TYPE).length).toBeGreaterThan(0);
    expect(shown(outputs, 'image/svg+xml')).toHaveLength(shown(outputs, VEGA_LITE_TYPE).length);
    expect(shown(outputs.slice(-1), PROVENANCE_TYPE)).toHaveLength(1);
  });

  it('names no place of the machine it ran on', () => {
    expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/\/(?:home|root|tmp|Users|work)\//);
  });
});
