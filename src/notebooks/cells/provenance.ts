import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type MimeBundle, PROVENANCE_TYPE } from '../../displays/mime-bundle.js';
import { html } from '../../reports/html.js';
import { VERSION } from '../../version.js';

/** What a notebook knows of where its outputs come from. */
export interface ProvenanceOptions {
  /** The `sources` of an opened input, or the like. */
  readonly sources: readonly { readonly name: string; readonly sha256: string; readonly rows?: number }[];
  readonly seed: number;
  /** What nets were trained on, where any were: the same seed gives the same bits on the same backend only. */
  readonly backend?: string | null;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** What a notebook's outputs came from. */
export interface Provenance {
  readonly data: ProvenanceOptions['sources'];
  readonly seed: number;
  readonly backend: string | null;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly versions: {
    readonly churnlab: string;
    readonly node: string;
    readonly tslab: string;
    readonly typescript: string;
  };
  /** Since the kernel started. */
  readonly durationSeconds: number;
}

/**
 * What the outputs of a notebook came from, as its last cell shows it: data with their hashes, seed, backend,
 * parameters, versions, and how long it took.
 *
 * @example
 * const input = await openInput('customers.csv');
 * await show(provenance({ sources: input.sources, seed: 7, parameters: { accounts: 400 } }));
 * await input.close();
 */
export function provenance({
  sources,
  seed,
  backend = null,
  parameters = {},
}: ProvenanceOptions): MimeBundle {
  const made: Provenance = {
    data: sources.map(({ name, sha256, rows }) => ({
      name,
      sha256,
      ...(rows === undefined ? {} : { rows }),
    })),
    seed,
    backend,
    parameters,
    versions: {
      churnlab: VERSION,
      node: process.version,
      tslab: versionOf('tslab'),
      typescript: versionOf('@tslab/typescript-for-tslab'),
    },
    durationSeconds: Math.round(10 * process.uptime()) / 10,
  };
  const lines = linesOf(made);
  return {
    data: {
      [PROVENANCE_TYPE]: made,
      'text/html': htmlOf(lines),
      'text/plain': lines.map(([name, text]) => `${name}: ${text}`).join('\n'),
    },
    metadata: {},
  };
}

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function linesOf({ data, seed, backend, parameters, versions, durationSeconds }: Provenance) {
  const given = Object.entries(parameters).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const lines: [name: string, text: string][] = data.map(({ name, sha256, rows }) => [
    name,
    `${rows === undefined ? '' : `${rows.toLocaleString('en-US')} rows, `}SHA-256 ${sha256.slice(0, 16)}…`,
  ]);
  lines.push(['Seed', String(seed)]);
  if (backend !== null) lines.push(['Backend', backend]);
  if (given.length > 0) lines.push(['Parameters', given.join(', ')]);
  lines.push([
    'Made with',
    `churnlab ${versions.churnlab}, Node.js ${versions.node.slice(1)}, tslab ${versions.tslab}, TypeScript ${versions.typescript}`,
  ]);
  lines.push(['Duration', `${durationSeconds} s`]);
  return lines;
}

/** Aligned twice: Jupyter's style sheet overrules attributes, and GitHub drops styles. */
function htmlOf(lines: readonly (readonly [name: string, text: string])[]): string {
  const cell = (text: string) => html`<td align="left" style="text-align: left">${text}</td>`;
  const rows = lines.map(([name, text]) => html`<tr>${cell(name)}${cell(text)}</tr>\n`);
  const table = html`<table>
<caption>Provenance</caption>
<thead><tr><th>What</th><th>Value</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`;
  return table.text;
}
