import { tmpdir } from 'node:os';
import { ChurnError } from '../../errors.js';
import { temporaryFolderStart } from '../temporary-files.js';

const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /ENOSPC|no space left|EDQUOT|disk quota|out of disk|max_temp_directory_size/iu,
    'no space is left on the disk',
  ],
  [/EACCES|EPERM|permission denied|operation not permitted/iu, 'permission denied'],
  [/EROFS|read-only file system/iu, 'the disk is read-only'],
  [/ENOENT|ENOTDIR|no such file or directory/iu, 'its folder does not exist'],
  [/EISDIR|is a directory/iu, 'a folder has that name'],
  [/EFBIG|file too large/iu, 'it grew larger than files may be'],
];

/** The error for a file or folder that could not be written; nothing of it is left. */
export function writeFailed(path: string, error: unknown): ChurnError {
  if (error instanceof ChurnError) return error;
  const text =
    error instanceof Error
      ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}`
      : String(error);
  const known = REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? text.trim();
  const reason = text.includes(temporaryFolderStart())
    ? `${known} (in the temporary folder ${tmpdir()})`
    : known;
  return new ChurnError('write-failed', `cannot write ${path}: ${reason}`, { path, cause: text.trim() });
}
