import { INTERVALS, type MetricFamily } from '../metric.js';
import { proportion } from '../proportion.js';
import { meanFigure, ratioFigure } from '../ratio.js';

/** What accounts did in the product, by month. An event without a person counts for the account as one person. */
export const usageFamily: MetricFamily = {
  name: 'usage',
  needs: ['usage_events'],
  sql: () => `
    WITH person_days AS (
      SELECT month, account_id, coalesce(user_id, account_id) AS person, date_trunc('day', occurred_at) AS day
      FROM metric_months JOIN usage_events ON date_trunc('month', occurred_at) = starts
      GROUP BY ALL
    ),
    people AS (
      SELECT month, account_id, count(*) AS person_days, count(DISTINCT person) AS people
      FROM person_days GROUP BY ALL
    ),
    kinds AS (
      SELECT month, account_id, count(DISTINCT event) AS features
      FROM metric_months JOIN usage_events ON date_trunc('month', occurred_at) = starts
      GROUP BY ALL
    )
    SELECT month, account_id, coalesce(closing, 0) AS closing, coalesce(people, 0) AS people,
      coalesce(features, 0) AS features,
      coalesce(person_days, 0) / date_diff('day', starts, ends) AS people_a_day
    FROM (SELECT month, account_id, closing FROM metric_customers)
    FULL JOIN (people JOIN kinds USING (month, account_id)) USING (month, account_id)
    JOIN metric_months USING (month)`,
  metrics: [
    {
      name: 'active-share',
      title: 'Customers that use the product',
      formula:
        'accounts that pay at the end of the month and used the product in it ÷ accounts that pay then',
      unit: 'share',
      counts: 'accounts at the end of the month',
      source: 'Gold, Fighting Churn with Data (2020), ch. 2: activity-based churn',
      interval: INTERVALS.proportion,
      measure: (rows) => proportion(rows.above('closing').above('people').count, rows.sum('closing')),
    },
    {
      name: 'stickiness',
      title: 'Stickiness (DAU ÷ MAU)',
      formula: 'mean number of people active on a day of the month ÷ people active in the month',
      unit: 'share',
      counts: 'accounts with use',
      source: 'Chen, DAU/MAU is an important metric (2018), andrewchen.com',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) => {
        const sums = rows.above('people').sumsByAccount('people_a_day', 'people');
        return ratioFigure({ above: sums.people_a_day, below: sums.people }, random);
      },
    },
    {
      name: 'feature-breadth',
      title: 'Feature breadth',
      formula: 'mean number of different events of an account that used the product in the month',
      unit: 'count',
      counts: 'accounts with use',
      source: 'Gold, Fighting Churn with Data (2020), ch. 3: metrics from events',
      interval: INTERVALS.ratio,
      measure: (rows, { random }) =>
        meanFigure(rows.above('people').sumsByAccount('features').features, random),
    },
  ],
};
