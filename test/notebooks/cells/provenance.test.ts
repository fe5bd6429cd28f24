import { describe, expect, it } from 'vitest';
import { PROVENANCE_TYPE } from '../../../src/displays/mime-bundle.js';
import { provenance } from '../../../src/notebooks/cells/provenance.js';
import { VERSION } from '../../../src/version.js';

const sha256 = '0123456789abcdef'.repeat(4);
const { data } = provenance({
  sources: [
    { name: 'accounts.csv', sha256, rows: 1200 },
    { name: '<b>.csv', sha256 },
  ],
  seed: 7,
  backend: 'tfjs-wasm',
  parameters: { accounts: 1200, stage: null },
});

describe('provenance', () => {
  it('is JSON for programs', () => {
    expect(data[PROVENANCE_TYPE]).toEqual({
      data: [
        { name: 'accounts.csv', sha256, rows: 1200 },
        { name: '<b>.csv', sha256 },
      ],
      seed: 7,
      backend: 'tfjs-wasm',
      parameters: { accounts: 1200, stage: null },
      versions: { churnlab: VERSION, node: process.version, tslab: '1.0.22', typescript: '5.0.4' },
      durationSeconds: expect.any(Number),
    });
  });

  it('is a table and lines for people, names escaped', () => {
    expect(data['text/plain']).toMatch(
      /^accounts\.csv: 1,200 rows, SHA-256 0123456789abcdef…\n<b>\.csv: SHA-256 .*\nSeed: 7\nBackend: tfjs-wasm\nParameters: accounts = 1200, stage = null\nMade with: churnlab 0/,
    );
    expect(data['text/html']).toContain('<caption>Provenance</caption>');
    expect(data['text/html']).toContain('&#60;b&#62;.csv');
  });

  it('leaves out what a notebook has not', () => {
    const { data } = provenance({ sources: [], seed: 1 });
    expect(data['text/plain']).toMatch(/^Seed: 1\nMade with: /);
    expect(data[PROVENANCE_TYPE]).toMatchObject({ backend: null, parameters: {} });
  });
});
