import fc from 'fast-check';
import type { Flag } from '../../src/flags/flag.js';
import type { Condition } from '../../src/models/condition.js';

const HOSTILE_WORDS =
  'and AND or not is missing Missing null true 5 -5 1e3 .5 - -- + . a"b " "" \' a\'\'b ` `` \\ \\" ( ) ; --x /* < >= = && % $1 ?';
const HOSTILE_TEXTS = [
  '',
  ' ',
  ' a',
  'a b',
  '\t',
  '\r\n',
  'a\nb',
  '\0',
  'a\0b',
  '\u001b[2J',
  '\u202e',
  '\u00a0',
  '\ufeff',
];
const FOREIGN_TEXTS = [
  '😀',
  '日本',
  'e\u0301',
  '\u0301',
  '\ud800',
  "' OR 1=1 --",
  '"; DROP TABLE t; --',
  '__proto__',
];

/** Names and levels that a text or a statement could take for something else, and any other. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_WORDS.split(' '), ...HOSTILE_TEXTS, ...FOREIGN_TEXTS),
  fc.string(),
  fc.string({ unit: 'binary' }),
);

const anyThreshold = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom(1e21, 5e-324, 0.1 + 0.2),
  )
  .map((threshold) => threshold + 0);

const thresholdTests = ['below', 'at-least', 'above', 'at-most'] as const;

const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ test: fc.constantFrom(...thresholdTests), feature: anyText, threshold: anyThreshold }),
  fc.record({ test: fc.constant('equals' as const), feature: anyText, level: anyText }),
  fc.record({ test: fc.constant('missing' as const), feature: anyText }),
);

export const anyFlag: fc.Arbitrary<Flag> = fc.record({
  conditions: fc.array(anyCondition, { minLength: 1, maxLength: 4 }),
});
