import type { Counted } from './counted.js';
import { countText, percentText } from './figure-text.js';

/** The x axis of charts over the share of accounts or rows contacted. */
export function shareContacted(counted: Counted) {
  return {
    field: 'share',
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: { title: `Share of ${counted} contacted, riskiest first`, format: '.0%', tickCount: 5 },
  };
}

/** "riskiest 10 % (141 accounts)". */
export function contactedText(
  { share, accounts }: { share: number; accounts: number },
  counted: Counted,
): string {
  return `riskiest ${percentText(share)} (${countText(accounts)} ${counted})`;
}
