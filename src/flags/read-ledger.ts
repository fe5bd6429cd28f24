import { ChurnError } from '../errors.js';
import { type Ledger, ledgerSchema } from './ledger.js';

/**
 * Reads the text of a ledger, as `flags.json` holds it.
 *
 * @param file name of the file, for messages
 * @throws ChurnError `bad-file` when it is no JSON, or names the first place that is not as a ledger's should be
 * @example
 * const again = readLedger(JSON.stringify(ledger), 'flags.json');
 * again.kind; // 'churnlab-flags'
 */
export function readLedger(text: string, file: string): Ledger {
  const parsed = ledgerSchema.safeParse(parseJson(text, file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ChurnError(
    'bad-file',
    `${file} is no ledger of flags: ${issue!.path.join('.') || 'top level'}: ${issue!.message}; make it anew with churnlab flags`,
    { file },
  );
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    throw new ChurnError('bad-file', `${file} is no JSON: ${(fault as Error).message}`, { file });
  }
}
