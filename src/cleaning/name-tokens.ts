/**
 * A column name's words in lower case: `customerID` → customer, id; `End Date` → end, date;
 * `number_vmail_messages` → number, vmail, messages.
 */
export function nameTokens(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}
