import type { AspectDefinition, FeatureDefinition } from '../contracts/aspect.js';
import { quoteText } from '../sources/duckdb/sql-text.js';
import type { AccountAttribute } from '../workspace/company.js';
import { attributeFeatureName } from './attribute-name.js';
import { category, measured } from './definitions.js';
import { daysSince } from './windows.js';

/**
 * What the account is. Segment, industry, country, plan, employees and the user's own columns have no history: their
 * values are those of the extraction, whatever the snapshot.
 */
export function accountAspect(attributes: readonly AccountAttribute[]): AspectDefinition {
  const own = attributes.map(attributeFeature);
  return {
    aspect: 'account',
    title: 'Account',
    needs: ['accounts'],
    groups: [
      {
        from: 'known_accounts',
        features: [
          category('segment', 'Size or kind of customer', 'max(segment)'),
          category('industry', 'Line of business', 'max(industry)'),
          category('country', 'Where the account is', 'max(country)'),
          category('plan', 'Product plan', 'max(plan)'),
          measured('employees', 'people', 'People who work there', 'max(employees)'),
          measured('days_since_sign_up', 'days', 'Days since sign-up', daysSince('min(created_at)')),
        ],
      },
      {
        from: 'known_subscriptions',
        features: [
          measured(
            'days_since_first_agreement',
            'days',
            'Days since the account first paid',
            daysSince('min(started_at)'),
          ),
        ],
      },
      ...(own.length > 0 ? [{ from: 'known_account_attributes', features: own }] : []),
    ],
  };
}

function attributeFeature({ name, kind }: AccountAttribute): FeatureDefinition {
  const featureName = attributeFeatureName(name);
  const description = `Your column "${name}" of accounts`;
  const sql = `max(${kind}) FILTER (WHERE name = ${plainText(name)})`;
  return kind === 'text'
    ? category(featureName, description, sql)
    : measured(featureName, 'number', description, sql);
}

/** A text as an SQL literal in which no `{snapshot}` can stand, nor a character at which the engine stops reading. */
function plainText(text: string): string {
  return quoteText(text).replace(/[{\0]/g, (sign) => `' || chr(${sign.codePointAt(0)}) || '`);
}
