import type { Market } from '../markets/market.ts';
import type { PayoutTools } from '../tools.ts';
import { bookPayouts, type DuePayout } from './book-payouts.ts';
import { sendMessage } from './send-payouts.ts';
import { openPayout } from './settlement.ts';

/**
 * Pays settlements out whose last payout is due: all of them together, in one message to the bank. Killed anywhere and asked again
 * it pays each once. Throws those of bookPayouts and sendMessage.
 */
export async function payOut(
  tools: PayoutTools,
  market: Market,
  due: readonly DuePayout[],
  messageId: string,
  now: Date,
): Promise<void> {
  await bookPayouts(tools, market, due, messageId, now);
  const settlements = await tools.store.readSettlements(due.map(({ settlement }) => settlement));
  const sending = settlements.flatMap((settlement) => {
    const line = openPayout(settlement);
    if (line?.state !== 'SENDING' || line.messageId !== messageId) return [];
    const { tenant, merchantId, date, sequence } = settlement;
    return [{ tenant, merchantId, date, sequence, payoutId: line.id }];
  });
  if (sending.length > 0) await tools.store.keepMessage(market.tenant, messageId, sending);
  await sendMessage(tools, market, messageId, now);
}
