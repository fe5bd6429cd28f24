const FORMULA_START = /^[=+\-@\t\r]/u;
const PLAIN_NUMBER = /^[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][-+]?\d+)?$/u;

/**
 * Puts a `'` before a text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a
 * carriage return). Texts that are plain numbers, such as `-12.5`, stay as they are.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function neutraliseText(text: string): string {
  return FORMULA_START.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}
