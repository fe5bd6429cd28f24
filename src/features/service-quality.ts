import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, countsOver, measured } from './definitions.js';
import { isSevere } from './severity.js';
import { daysSince, rowsChange, rowsWhere, within } from './windows.js';

/** Microseconds of an incident that lie within the days before the snapshot; open ones last until now. */
const lasted = (days: number) =>
  `greatest(epoch_us(coalesce(resolved_at, {snapshot})) - epoch_us(greatest(occurred_at, {snapshot} - INTERVAL ${days} DAY)), 0)`;

/** Faults of the service that the account felt. */
export const serviceQualityAspect: AspectDefinition = {
  aspect: 'service_quality',
  title: 'Service quality',
  needs: ['incidents'],
  groups: [
    {
      from: 'known_incidents',
      features: [
        ...countsOver('incidents', 'incidents', 'Faults of the service felt', 'occurred_at', [28, 90, 180]),
        measured(
          'incidents_change_90d',
          'share',
          'Change of faults felt in the 90 days before against the 90 days before these',
          rowsChange('occurred_at', 90),
        ),
        counted(
          'severe_incidents_90d',
          'incidents',
          'Severe faults felt in the 90 days before',
          rowsWhere(isSevere('severity'), within('occurred_at', 90)),
        ),
        counted(
          'incident_hours_28d',
          'hours',
          'Hours of faults felt in the 28 days before, added up',
          `sum(${lasted(28)}) / 3600000000`,
        ),
        counted(
          'incident_hours_90d',
          'hours',
          'Hours of faults felt in the 90 days before, added up',
          `sum(${lasted(90)}) / 3600000000`,
        ),
        counted(
          'open_incidents',
          'incidents',
          'Faults that are not over yet',
          rowsWhere('resolved_at IS NULL'),
        ),
        measured(
          'days_since_incident',
          'days',
          'Days since the last fault began',
          daysSince('max(occurred_at)'),
        ),
      ],
    },
  ],
};
