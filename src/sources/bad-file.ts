import { ChurnError } from '../errors.js';

/** The error for a file that cannot be read as a table; `complaint` continues the sentence `FILE …`. */
export function badFile(path: string, complaint: string, cause?: unknown): ChurnError {
  const detail = cause instanceof Error ? { path, cause: cause.message } : { path };
  return new ChurnError('bad-file', `${path} ${complaint}`, detail);
}

/** The same for what the operating system, zlib or we ourselves threw while reading. */
export function readFailure(path: string, error: unknown): ChurnError {
  if (error instanceof ChurnError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return badFile(path, 'does not exist', error);
  if (code === 'EACCES' || code === 'EPERM')
    return badFile(path, 'may not be read: permission denied', error);
  if (code === 'EISDIR') return badFile(path, 'is a folder where a file with a table is needed', error);
  if (code === 'Z_BUF_ERROR') return badFile(path, 'is cut short: its gzip data ends too early', error);
  if (code.startsWith('Z_')) return badFile(path, 'is damaged: its gzip data cannot be unpacked', error);
  return badFile(path, `cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
}
