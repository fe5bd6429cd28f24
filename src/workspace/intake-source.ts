import { createHash } from 'node:crypto';
import type { Note } from '../tables/raw-table.js';
import type { Doubt, Intake } from './intake.js';

/**
 * What a result made from a workspace says of its origin: one SHA-256 over the sums of all files in the order of their
 * names, and rejects and doubts as notes.
 *
 * @example
 * const { sha256, notes } = intakeSource(intake);
 * sha256.length; // 64
 */
export function intakeSource(intake: Intake): { readonly sha256: string; readonly notes: Note[] } {
  const files = [...intake.files].sort((a, b) => (`${a.table} ${a.file}` < `${b.table} ${b.file}` ? -1 : 1));
  const hash = createHash('sha256');
  for (const { table, file, sha256 } of files) hash.update(`${table} ${file} ${sha256}\n`);
  for (const { file, sha256 } of intake.sideFiles) hash.update(`beside ${file} ${sha256}\n`);
  return {
    sha256: hash.digest('hex'),
    notes: [
      ...intake.notes.map(({ kind, message }) => ({ kind, message })),
      ...intake.tables
        .filter(({ rejected }) => rejected > 0)
        .map(({ table, rejected, read }) => ({
          kind: 'rejected-rows',
          message: `${table}: ${rejected} of ${read} rows break the contract and were not used; \`churnlab check\` lists them`,
        })),
      ...intake.doubts.map(doubtNote),
    ],
  };
}

function doubtNote({ kind, table, title, count, examples, action }: Doubt): Note {
  const [first] = examples;
  const example = first ? `; for example ${first.text} (${first.file}, row ${first.rowNumber})` : '';
  const done = action === 'drop' ? 'dropped' : 'kept';
  return { kind: `doubt-${kind}`, message: `${table}: ${title}, ${count} rows, ${done}${example}` };
}
