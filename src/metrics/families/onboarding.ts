import { sqlInstant } from '../../timeline/as-of.js';
import type { Figure } from '../figure.js';
import { INTERVALS, type MetricFamily } from '../metric.js';
import type { MetricRows } from '../metric-rows.js';
import { proportion } from '../proportion.js';
import { medianTime, survivalCurve } from '../survival.js';

/** Days from sign-up within which the first use counts as activation. */
export const ACTIVATION_DAYS = 30;

/** Accounts by the month of their sign-up, with the days to their first use, or the days watched without one. */
export const onboardingFamily: MetricFamily = {
  name: 'onboarding',
  needs: ['usage_events'],
  sql: ({ settings }) => {
    const end = sqlInstant(settings.observedUntil);
    return `
    SELECT month, account_id, CAST(used_at IS NOT NULL AS BIGINT) AS used,
      greatest(0, epoch_ms(coalesce(used_at, ${end})) - epoch_ms(created_at)) / 86400000.0 AS days,
      (epoch_ms(${end}) - epoch_ms(created_at)) / 86400000.0 AS watched_days
    FROM metric_months
    JOIN accounts ON created_at >= starts AND created_at < ends
    LEFT JOIN (
      SELECT account_id, min(occurred_at) AS used_at FROM usage_events WHERE occurred_at < ${end} GROUP BY account_id
    ) USING (account_id)
    WHERE created_at < ${end}`;
  },
  metrics: [
    {
      name: 'activation-rate',
      title: 'Activation rate',
      formula: `accounts with a first use within ${ACTIVATION_DAYS} days of sign-up ÷ accounts that signed up in the month and were watched so long`,
      unit: 'share',
      counts: 'accounts that signed up in the month',
      source: 'McClure, Startup Metrics for Pirates (2007): the second A of AARRR',
      interval: INTERVALS.proportion,
      measure: activationRate,
    },
    {
      name: 'time-to-first-value',
      title: 'Time to first value',
      formula:
        'Kaplan–Meier median of the days from sign-up to first use, by month of sign-up; unused so far is censored',
      unit: 'days',
      counts: 'accounts that signed up in the month',
      source: 'Kaplan and Meier (1958), JASA 53; Brookmeyer and Crowley (1982), Biometrics 38',
      interval: INTERVALS.survival,
      measure: timeToFirstValue,
    },
  ],
};

function activationRate(rows: MetricRows): Figure {
  const [used, days, watched] = [rows.column('used'), rows.column('days'), rows.column('watched_days')];
  const counted = [...watched.keys()].filter((row) => watched[row]! >= ACTIVATION_DAYS);
  const activated = counted.filter((row) => used[row] === 1 && days[row]! < ACTIVATION_DAYS);
  return proportion(activated.length, counted.length);
}

function timeToFirstValue(rows: MetricRows): Figure {
  const curve = survivalCurve({
    // From just before sign-up, so that a use at once is one.
    entry: new Float64Array(rows.count).fill(-1),
    time: rows.column('days'),
    left: Uint8Array.from(rows.column('used')),
  });
  return { ...medianTime(curve), n: rows.count };
}
