import { countText, percentText } from './figure-text.js';

/** The x axis of charts over the share of accounts contacted. */
export const SHARE_CONTACTED = {
  field: 'share',
  type: 'quantitative' as const,
  scale: { domain: [0, 1] },
  axis: { title: 'Share of accounts contacted, riskiest first', format: '.0%', tickCount: 5 },
};

/** "riskiest 10 % (141 accounts)". */
export function contactedText({ share, accounts }: { share: number; accounts: number }): string {
  return `riskiest ${percentText(share)} (${countText(accounts)} accounts)`;
}
