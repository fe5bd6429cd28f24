import { mapFigure } from '../figure.js';
import { INTERVALS, type MetricFamily, type MonthlyMetric } from '../metric.js';
import { ratioFigure } from '../ratio.js';

/** On the scale from 1 to 10, this and more is satisfied. */
const SATISFIED = 8;

/** Answers by month; each kind of question has a column that is missing for the other kinds. */
export const surveyFamily: MetricFamily = {
  name: 'surveys',
  needs: ['surveys'],
  sql: () => `
    SELECT month, account_id, 1 AS answers,
      CASE WHEN kind = 'nps' THEN CASE WHEN score >= 9 THEN 1 WHEN score <= 6 THEN -1 ELSE 0 END END AS nps,
      CASE WHEN kind = 'csat' THEN score END AS csat,
      CASE WHEN kind = 'csat' THEN CAST(score >= ${SATISFIED} AS BIGINT) END AS satisfied,
      CASE WHEN kind = 'ces' THEN score END AS ces
    FROM metric_months JOIN surveys ON answered_at >= starts AND answered_at < ends
    WHERE score IS NOT NULL`,
  metrics: [
    {
      ...answerMetric('nps'),
      title: 'Net promoter score (NPS)',
      formula: '100 · (answers of 9 or 10 − answers of 0 to 6) ÷ answers',
      source: 'Reichheld (2003), The One Number You Need to Grow, Harvard Business Review 81(12)',
      measure: (rows, context) =>
        mapFigure(answerMetric('nps').measure(rows, context), (balance) => 100 * balance),
    },
    {
      ...answerMetric('csat'),
      title: 'Customer satisfaction (CSAT)',
      formula: 'mean of the satisfaction answers (1–10)',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 2: customer satisfaction',
    },
    {
      ...answerMetric('satisfied'),
      name: 'csat-satisfied',
      title: 'Satisfied customers',
      formula: `satisfaction answers of ${SATISFIED} or more ÷ satisfaction answers`,
      unit: 'share',
      source: 'Farris et al., Marketing Metrics (3rd ed. 2016), ch. 2: customer satisfaction',
    },
    {
      ...answerMetric('ces'),
      title: 'Customer effort score (CES)',
      formula: 'mean of the effort answers (1–7)',
      source:
        'Dixon, Freeman and Toman (2010), Stop Trying to Delight Your Customers, Harvard Business Review 88(7/8)',
    },
  ],
};

/** The mean of one column over its answers, with an account's answers as one unit. */
function answerMetric(column: string): Omit<MonthlyMetric, 'title' | 'formula' | 'source'> {
  return {
    name: column,
    unit: 'points',
    counts: 'accounts that answered',
    interval: INTERVALS.ratio,
    measure: (rows, { random }) => {
      const sums = rows.filled(column).sumsByAccount(column, 'answers');
      return ratioFigure({ above: sums[column]!, below: sums.answers! }, random);
    },
  };
}
