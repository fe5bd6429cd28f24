import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, measured } from './definitions.js';
import { daysBetween, daysSince } from './windows.js';

/** Agreements beside the latest end of those that started before them. */
const AGREEMENTS = `(
  SELECT *, max(coalesce(ended_at, TIMESTAMP '9999-01-01')) OVER (
    PARTITION BY account_id ORDER BY started_at, subscription_id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS ended_before
  FROM known_subscriptions
)`;

/** Whole terms that went on in the same row: one that ends with its term was not renewed. */
const RENEWED_IN_PLACE = `CASE WHEN term_months > 0 THEN TRY_CAST(greatest(floor(
  datesub('month', started_at, coalesce(ended_at, {snapshot}) - INTERVAL 1 MICROSECOND) / term_months), 0) AS BIGINT) END`;

/**
 * Terms, and what became of the earlier ones.
 *
 * @param graceDays an agreement that starts within so many days of the end of the one before is a renewal of it
 */
export function renewalAspect(graceDays: number): AspectDefinition {
  const grace = `ended_before + INTERVAL ${graceDays} DAY`;
  return {
    aspect: 'renewal',
    title: 'Renewal',
    needs: ['subscriptions'],
    groups: [
      {
        from: AGREEMENTS,
        features: [
          measured(
            'days_to_renewal',
            'days',
            'Days until the next term that runs now is over and a renewal is due',
            daysBetween(
              '{snapshot}',
              'min(renews_at) FILTER (WHERE ended_at IS NULL AND renews_at >= {snapshot})',
            ),
          ),
          measured(
            'term_months',
            'months',
            'Longest term of the agreements that run now',
            'max(term_months) FILTER (WHERE ended_at IS NULL)',
          ),
          counted(
            'renewals',
            'renewals',
            `Terms renewed so far, by going on or by a new agreement within ${graceDays} days of the end of the old one`,
            `coalesce(sum(${RENEWED_IN_PLACE}), 0) + count(*) FILTER (WHERE started_at BETWEEN ended_before AND ${grace})`,
          ),
          counted(
            'reactivations',
            'come-backs',
            `Agreements that started more than ${graceDays} days after all earlier ones had ended`,
            `count(*) FILTER (WHERE started_at > ${grace})`,
          ),
          measured(
            'days_since_agreement',
            'days',
            'Days since the latest agreement started',
            daysSince('max(started_at)'),
          ),
          counted(
            'agreements_ended_180d',
            'agreements',
            'Agreements that ended in the 180 days before, renewed or not',
            'count(*) FILTER (WHERE ended_at >= {snapshot} - INTERVAL 180 DAY)',
          ),
        ],
      },
    ],
  };
}
