import { z } from 'zod';
import { type OutputDifference, shortly } from './difference.js';
import { compareDocuments, compareJson } from './json.js';

/** As much of a display of provenance as makes a difference: not how long it took, nor what it ran on. */
const provenanceSchema = z.object({
  data: z.array(z.object({ name: z.string(), sha256: z.string(), rows: z.number().nullish() })).default([]),
  seed: z.unknown(),
  backend: z.unknown(),
  parameters: z.record(z.string(), z.unknown()).nullish(),
  versions: z.object({ churnlab: z.string().nullish() }).nullish(),
});
type Provenance = z.infer<typeof provenanceSchema>;

/**
 * Compares what two runs were made from: data by their hashes, seed, backend, parameters and churnlab's version. The
 * versions of Node, tslab and TypeScript and the duration make no difference.
 */
export function compareProvenance(before: unknown, after: unknown, tolerance: number): OutputDifference[] {
  const [ours, theirs] = [provenanceSchema.safeParse(before), provenanceSchema.safeParse(after)];
  if (!ours.success || !theirs.success) return compareDocuments(before, after, tolerance);
  return [
    ...dataMessages(ours.data, theirs.data),
    ...changed('seed', ours.data.seed, theirs.data.seed),
    ...changed('backend', ours.data.backend, theirs.data.backend),
    ...parameterMessages(ours.data, theirs.data, tolerance),
    ...changed('churnlab', ours.data.versions?.churnlab, theirs.data.versions?.churnlab),
  ].map((message) => ({ kind: 'provenance', message }));
}

function dataMessages(before: Provenance, after: Provenance): string[] {
  const names = [...new Set([...before.data, ...after.data].map(({ name }) => name))];
  return names.flatMap((name) => {
    const [was, is] = [before, after].map(({ data }) => data.find((entry) => entry.name === name));
    if (!was) return [`data ${name} is new`];
    if (!is) return [`data ${name} is no longer read`];
    if (was.sha256 === is.sha256 && was.rows === is.rows) return [];
    return [
      `data ${name} changed${was.rows === is.rows ? '' : ` (${rowsText(was)} → ${rowsText(is)} rows)`}`,
    ];
  });
}

const rowsText = ({ rows }: { rows?: number | null | undefined }): string =>
  rows?.toLocaleString('en-US') ?? '?';

function parameterMessages(before: Provenance, after: Provenance, tolerance: number): string[] {
  return compareJson(before.parameters ?? {}, after.parameters ?? {}, tolerance).flatMap((difference) =>
    changed(`parameter ${difference.path.join('.')}`, difference.before, difference.after),
  );
}

function changed(name: string, before: unknown, after: unknown): string[] {
  const [was, is] = [before, after].map((value) =>
    shortly(typeof value === 'string' ? value : JSON.stringify(value ?? 'none'), 60),
  );
  return was === is ? [] : [`${name} ${was} → ${is}`];
}
