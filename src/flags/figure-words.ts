/** `14 of 80 left (17.5 %)`. */
export function leftWords({ accounts, churned }: { accounts: number; churned: number }): string {
  const share = accounts > 0 ? ` (${percentWords(churned / accounts)})` : '';
  return `${countWords(churned)} of ${countWords(accounts)} left${share}`;
}

/** `14 of 80 left (17.5 %), base 20 %`. */
export function besideBaseWords(figures: { accounts: number; churned: number; baseRate: number }): string {
  return `${leftWords(figures)}, base ${percentWords(figures.baseRate)}`;
}

/** A share to a tenth of a percent: `17.5 %`, `20 %`. */
export function percentWords(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

/** A chance to two digits: `0.12`, `0.000031`, `2e-15`. */
export function chanceWords(p: number): string {
  return String(Number(p.toPrecision(2)));
}

/** `a`, `a and b`, `a, b and c`. */
export function listWords(words: readonly string[]): string {
  return [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((word) => word !== '').join(' and ');
}

const countWords = (count: number) => count.toLocaleString('en-US');
