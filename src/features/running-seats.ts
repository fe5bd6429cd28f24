/** For FROM: the seats of each account's running agreements; an end that is known at the snapshot lies before it. */
export const RUNNING_SEATS = `(
  SELECT account_id, sum(seats) AS seats FROM known_subscriptions WHERE ended_at IS NULL GROUP BY account_id
)`;
