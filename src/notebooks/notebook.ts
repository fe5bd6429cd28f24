import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ChurnError } from '../errors.js';
import { writeTextAtomically } from '../sources/writing/atomic-writes.js';

/** Text that the file may hold as a list of lines. */
const textSchema = z
  .union([z.string(), z.array(z.string())])
  .transform((text) => (typeof text === 'string' ? text : text.join('')));
const metadataSchema = z.record(z.string(), z.unknown());
/** By MIME type: text, or JSON for types that are JSON. */
const bundleSchema = z
  .record(z.string(), z.unknown())
  .transform((bundle) =>
    Object.fromEntries(
      Object.entries(bundle).map(([type, value]) => [
        type,
        isJsonType(type) ? value : textSchema.parse(value),
      ]),
    ),
  );

const outputSchema = z.discriminatedUnion('output_type', [
  z.object({ output_type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text: textSchema }),
  z.object({ output_type: z.literal('display_data'), data: bundleSchema, metadata: metadataSchema }),
  z.object({
    output_type: z.literal('execute_result'),
    data: bundleSchema,
    metadata: metadataSchema,
    execution_count: z.int().nullable(),
  }),
  z.object({
    output_type: z.literal('error'),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);
/** What a cell showed, as nbformat 4 has it. */
export type Output = z.infer<typeof outputSchema>;

const cellSchema = z.discriminatedUnion('cell_type', [
  z.object({
    cell_type: z.literal('code'),
    id: z.string().optional(),
    metadata: metadataSchema,
    source: textSchema,
    outputs: z.array(outputSchema),
    execution_count: z.int().nullable(),
  }),
  z.object({
    cell_type: z.enum(['markdown', 'raw']),
    id: z.string().optional(),
    metadata: metadataSchema,
    attachments: z.record(z.string(), bundleSchema).optional(),
    source: textSchema,
  }),
]);
export type Cell = z.infer<typeof cellSchema>;

const notebookSchema = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.int(),
  metadata: metadataSchema,
  cells: z.array(cellSchema),
});
/** A Jupyter notebook of format 4; texts are whole strings here, lists of lines in the file. */
export type Notebook = z.infer<typeof notebookSchema>;

/**
 * Reads a notebook.
 *
 * @throws ChurnError `bad-file` when it cannot be read, is no JSON, or breaks nbformat 4
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 * @example
 * const { cells } = await readNotebook('churn.ipynb');
 * cells.length; // 2
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await readFile(path, 'utf8').catch((fault: Error) => {
    throw new ChurnError('bad-file', `${path} cannot be read: ${fault.message}`);
  });
  const parsed = notebookSchema.safeParse(parseJson(path, text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ChurnError(
    'bad-file',
    `${path} is no notebook of format 4: ${issue!.path.join('.') || 'top level'}: ${issue!.message}`,
  );
}

/**
 * Writes a notebook the way Jupyter does: keys sorted, one blank of indent, texts as lists of lines.
 *
 * @example
 * const notebook = await readNotebook('churn.ipynb');
 * await writeNotebook('copy.ipynb', notebook);
 */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeTextAtomically(path, formatNotebook(notebook));
}

/** The text of a notebook's file; reading and formatting what Jupyter wrote gives the same bytes. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: linesOf(cell.source),
    ...(cell.cell_type === 'code' ? { outputs: cell.outputs.map(outputWithLines) } : {}),
  }));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`;
}

function outputWithLines(output: Output): unknown {
  if (output.output_type === 'stream') return { ...output, text: linesOf(output.text) };
  if (output.output_type === 'error') return output;
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === 'string' && isTextType(type) ? linesOf(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

/** Lines with their ends; a text without any is an empty list. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

const isJsonType = (type: string): boolean => /^application\/(?:.+\+)?json$/.test(type);
const isTextType = (type: string): boolean => /^text\/|^image\/svg\+xml$|javascript$/.test(type);

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sortKeys(part)]),
  );
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw new ChurnError('bad-file', `${path} is no JSON: ${(fault as Error).message}`);
  }
}
