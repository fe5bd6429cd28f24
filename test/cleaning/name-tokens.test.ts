import { expect, it } from 'vitest';
import { nameTokens } from '../../src/cleaning/name-tokens.js';

it.each([
  ['customerID', ['customer', 'id']],
  ['End Date', ['end', 'date']],
  ['number_vmail_messages', ['number', 'vmail', 'messages']],
  ['Call  Failure', ['call', 'failure']],
  ['Straße-Nr.', ['straße', 'nr']],
  ['', []],
])('parts %j into %j', (name, tokens) => {
  expect(nameTokens(name)).toEqual(tokens);
});
