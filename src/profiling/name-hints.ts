import { nameTokens } from '../cleaning/name-tokens.js';

const wordBeginnings =
  /^(?:churn|cancel|exit|terminat|clos(?:e|ed|ing|ure)$|attrit|deactivat|leav(?:e|er|ing)$|unsubscrib|offboard)/;
const words = new Set(['left', 'lost', 'reason', 'ended', 'expired']);
const dateWords = new Set(['date', 'day', 'at', 'on', 'time']);

/**
 * Whether a column's name sounds like the outcome or what follows from it: churn, cancel, exit, left,
 * closed, end date, termination, reason and their kin. Honest columns carry such names too, so a hint only
 * lowers the bar for the signs in the data; it is never a sign by itself.
 */
export function hintsAtOutcome(name: string): boolean {
  const tokens = nameTokens(name);
  return tokens.some(
    (token, i) =>
      wordBeginnings.test(token) ||
      words.has(token) ||
      (token === 'end' && dateWords.has(tokens[i + 1] ?? '')),
  );
}
