/** Words that help desks use for their upper levels, in any case. */
const SEVERE = [
  'high',
  'highest',
  'urgent',
  'critical',
  'severe',
  'major',
  'blocker',
  'p0',
  'p1',
  'sev0',
  'sev1',
];

/** Whether a priority or severity, as the help desk wrote it, is one of the upper levels; numbers are not understood. */
export function isSevere(column: string): string {
  return `lower(trim(${column})) IN (${SEVERE.map((word) => `'${word}'`).join(', ')})`;
}
