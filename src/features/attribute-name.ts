const PREFIX = 'attribute_';

/**
 * The feature's name for a column of the user's own, whatever that is called: lower-case ASCII letters and digits stay,
 * `_` becomes `__`, and any other character its code point in hexadecimal between `_`. No two columns share a name.
 *
 * @example
 * attributeFeatureName('Health score'); // attribute__48_ealth_20_score
 */
export function attributeFeatureName(column: string): string {
  const spelled = Array.from(column, (sign) => {
    if (/^[a-z0-9]$/.test(sign)) return sign;
    return sign === '_' ? '__' : `_${sign.codePointAt(0)!.toString(16)}_`;
  });
  return PREFIX + spelled.join('');
}

/** The column's name behind a feature's, or `null` when the feature is none of the user's columns. */
export function attributeOfFeature(feature: string): string | null {
  if (!feature.startsWith(PREFIX)) return null;
  return feature
    .slice(PREFIX.length)
    .replace(/__|_([0-9a-f]+)_/g, (_, hex?: string) =>
      hex === undefined ? '_' : String.fromCodePoint(Number.parseInt(hex, 16)),
    );
}
