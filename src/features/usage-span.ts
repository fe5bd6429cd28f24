/** For FROM: each account's sign-up, first and last use; accounts never used are left out. One scan serves all that read it. */
export const USAGE_SPAN = `(
  SELECT account_id, created_at, first_at, last_at FROM known_accounts
  JOIN (
    SELECT account_id, min(occurred_at) AS first_at, max(occurred_at) AS last_at
    FROM known_usage_events GROUP BY account_id
  ) USING (account_id)
)`;
