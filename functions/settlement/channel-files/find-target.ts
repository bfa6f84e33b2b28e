import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { findChannel } from '../channels/keep-channel.ts';
import { findMarket } from '../markets/keep-market.ts';
import type { SettlementStore } from '../store.ts';
import { findTemplate } from '../templates/keep-templates.ts';
import type { FileTarget } from './channel-file.ts';
import type { ChannelTemplate } from './channel-template.ts';

/** What a file is read by: its template, and the currency of its market. */
export interface FoundTarget {
  readonly template: ChannelTemplate;
  readonly currency: CurrencyCode;
}

/** Problems: `settlement/market-not-found`, `settlement/channel-not-found`, `settlement/template-not-found`. */
export async function findTarget(store: SettlementStore, target: FileTarget): Promise<FoundTarget> {
  const { tenant, marketId, channelId, templateId: id } = target;
  const { currency } = await findMarket(store, tenant, marketId);
  await findChannel(store, { tenant, marketId, channelId });
  const { content } = await findTemplate(store, 'CHANNEL_FILE', { tenant, marketId, id }, 'template');
  return { template: content, currency };
}
