import type { AspectDefinition, FeatureDefinition } from '../contracts/aspect.js';
import { counted, measured } from './definitions.js';
import { daysSince, latestWhere, meanWhere, ratio, rowsWhere, within, withinBefore } from './windows.js';

const LOW = "((kind IN ('nps', 'csat') AND score <= 5) OR (kind = 'ces' AND score <= 3))";
const SCORED = 'score IS NOT NULL';
const answered = (days: number) => within('answered_at', days);

/** Level and change of one question: latest answer, mean, and mean less the mean before. */
function question(kind: 'nps' | 'csat' | 'ces', words: string): FeatureDefinition[] {
  const asked = `kind = '${kind}'`;
  const mean = (window: string) => meanWhere('score', asked, window);
  return [
    measured(
      `${kind}_latest`,
      'points',
      `Latest answer on ${words}`,
      latestWhere('score', 'answered_at', asked),
    ),
    measured(
      `${kind}_mean_180d`,
      'points',
      `Mean answer on ${words} in the 180 days before`,
      mean(answered(180)),
    ),
    measured(
      `${kind}_change_180d`,
      'points',
      `Mean answer on ${words} in the 180 days before less the mean of the 180 days before these`,
      `${mean(answered(180))} - ${mean(withinBefore('answered_at', 180))}`,
    ),
  ];
}

/** What people at the account say when asked. */
export const surveysAspect: AspectDefinition = {
  aspect: 'surveys',
  title: 'Surveys',
  needs: ['surveys'],
  groups: [
    {
      from: 'known_surveys',
      features: [
        ...question('nps', 'recommending us (0 to 10)'),
        ...question('csat', 'satisfaction (1 to 10)'),
        ...question('ces', 'ease (1 to 7)'),
        measured(
          'detractor_share_180d',
          'share',
          'Share of 6 or less among the answers on recommending us in the 180 days before',
          ratio(
            rowsWhere("kind = 'nps'", 'score <= 6', answered(180)),
            rowsWhere("kind = 'nps'", SCORED, answered(180)),
          ),
        ),
        counted('survey_answers_90d', 'answers', 'Answers in the 90 days before', rowsWhere(answered(90))),
        counted('survey_answers_180d', 'answers', 'Answers in the 180 days before', rowsWhere(answered(180))),
        counted(
          'low_scores_90d',
          'answers',
          'Answers of 5 or less (ease: 3 or less) in the 90 days before',
          rowsWhere(LOW, answered(90)),
        ),
        counted(
          'low_score_people_90d',
          'people',
          'Different people who answered 5 or less (ease: 3 or less) in the 90 days before; nameless answers are left out',
          `count(DISTINCT contact_id) FILTER (WHERE ${LOW} AND ${answered(90)})`,
        ),
        counted(
          'low_score_people_180d',
          'people',
          'Different people who answered 5 or less (ease: 3 or less) in the 180 days before; nameless answers are left out',
          `count(DISTINCT contact_id) FILTER (WHERE ${LOW} AND ${answered(180)})`,
        ),
        counted(
          'exit_surveys_90d',
          'answers',
          'Answers to a leaving survey in the 90 days before',
          rowsWhere("kind = 'exit'", answered(90)),
        ),
        measured(
          'days_since_survey',
          'days',
          'Days since anybody answered a survey',
          daysSince('max(answered_at)'),
        ),
      ],
    },
  ],
};
