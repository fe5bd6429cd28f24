/** What went wrong, as a code that programs can branch on. */
export type ChurnErrorCode =
  | 'bad-option'
  | 'bad-file'
  | 'bad-table'
  | 'bad-target'
  | 'bad-model'
  | 'missing-column'
  | 'too-few-rows'
  | 'write-failed'
  | 'interrupted'
  | 'missing-tool'
  | 'internal';

/**
 * The one error that churnlab throws for a call that it cannot honour.
 *
 * The message names the function or the file and column, what was needed, what was found, and the way out.
 * Only the command line turns it into text and an exit code.
 */
export class ChurnError extends Error {
  override readonly name = 'ChurnError';

  constructor(
    readonly code: ChurnErrorCode,
    message: string,
    readonly detail: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
