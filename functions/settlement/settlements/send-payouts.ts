import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { answeredBy, type PaymentAsked, sendOrTell, type ToldOutcome } from '../../collection/published.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { bookBack } from './book-outcomes.ts';
import type { DuePayout } from './book-payouts.ts';
import { changePayout } from './change-payout.ts';
import type { PayoutLine, Settlement } from './settlement.ts';

/**
 * Hands payouts that are booked as on their way to the bank, all of one message together. Which they are is kept first: handed over
 * again, after whatever happened, it is the same message, and the bank does each once. Where the tenant has no bank channel they
 * stay as they are, and say so. Throws what sendPayments throws.
 */
export async function sendMessage(tools: PayoutTools, market: Market, messageId: string, now: Date): Promise<void> {
  const { store } = tools;
  const { tenant } = market;
  const kept = await store.readMessage(tenant, messageId);
  const numbers = new Set(kept.map(({ payoutId }) => payoutId));
  const sent = (await store.readSettlements(kept))
    .flatMap((settlement) => settlement.payouts.map((line) => ({ settlement, line })))
    .filter(({ line }) => numbers.has(line.id));
  if (!sent.some(({ line }) => line.state === 'SENDING' || line.state === 'UNCERTAIN')) return;
  const orders = sent.map(({ settlement, line }) => paymentOf(settlement, line));
  const outcomes = await sendOrTell(tools.bank.sendPayments, tenant, { id: messageId, orders }, now);
  const merchantIds = sent.map(({ settlement }) => settlement.merchantId);
  const merchants = await store.readMerchants(tenant, merchantIds);
  for (const [place, { settlement, line }] of sent.entries()) {
    const outcome = outcomes[place];
    if (!outcome) throw new Error(`The bank channel gave no answer on ${line.id}.`);
    const { payableAccountId } = required(merchants.get(settlement.merchantId), settlement.merchantId);
    await takeOutcome(tools, market, { settlement, payableAccountId }, line, outcome, now);
  }
}

function required(merchant: Merchant | undefined, merchantId: string): Merchant {
  if (!merchant) throw new Error(`There is no merchant ${merchantId}.`);
  return merchant;
}

function paymentOf({ currency, marketId, merchantId, date, id }: Settlement, line: PayoutLine): PaymentAsked {
  if (line.to.to !== 'BANK') throw new Error(`The payout ${line.id} goes to no bank.`);
  return {
    ...{ id: line.id, amount: line.amount, currency },
    payee: { name: line.to.name, number: line.to.account.number, bank: line.to.account.bank },
    businessDate: line.askedOn,
    remittance: remittanceOf(date),
    references: { marketId, merchantId, settlementId: id },
  };
}

function remittanceOf(date: PlainDate): string {
  return `分账结算 ${date}`;
}

async function takeOutcome(
  tools: PayoutTools,
  market: Market,
  of: DuePayout,
  line: PayoutLine,
  told: ToldOutcome,
  now: Date,
): Promise<void> {
  const isOpen = ({ state }: PayoutLine) => state === 'SENDING' || state === 'UNCERTAIN';
  // What the bank told meanwhile counts: a report may be faster than the answer.
  if (!isOpen(line)) return;
  const change = (it: PayoutLine) => (isOpen(it) ? answeredBy(it.state, told) : undefined);
  const { payouts } = await changePayout(tools.store, of.settlement, line.id, change, now);
  const noted = payouts.find(({ id }) => id === line.id);
  if (noted) await bookBack(tools, market, of, noted, now);
}
