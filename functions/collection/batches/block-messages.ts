import type { BankChannel } from '../channels/bank-channel.ts';
import type { CollectionOrder, CollectionsMessage } from '../gateway/bank-gateway.ts';
import type { TryState } from '../items/item.ts';
import type { Mandate } from '../mandates/mandate.ts';
import type { Block } from './batch.ts';
import { type BlockTry, triesOf } from './book-block.ts';

/** The messages that carry an order of a block that stands in a state. */
export function messagesIn(block: Pick<Block, 'items'>, state: TryState): Set<string> {
  return new Set(triesOf(block).flatMap(({ one }) => (one.state === state && one.messageId) || []));
}

/**
 * A message whole, as it was named: the same orders under the same id in the same order, whatever has become of some of them
 * since.
 */
export function messageOf(
  id: string,
  blocks: readonly Block[],
  mandates: ReadonlyMap<string, Mandate>,
  { tenant, creditor }: BankChannel,
): CollectionsMessage {
  const orders = blocks.flatMap(triesOf).flatMap((each) => {
    const mandate = mandates.get(each.item.mandateId);
    return each.one.messageId === id && mandate ? [orderOf(each, mandate)] : [];
  });
  return { direction: 'COLLECT', id, tenant, account: creditor, orders };
}

/** A try as the bank is told of it. */
export function orderOf({ item, one }: BlockTry, { payer, agreementNumber, signedOn }: Mandate): CollectionOrder {
  const { name, account } = payer;
  return {
    id: one.orderId,
    railKind: one.railKind,
    amount: one.amount,
    currency: item.currency,
    counterparty: { name, number: account.number, bank: account.bank },
    mandate: { agreementNumber, signedOn, sequence: one.sequence },
    partial: one.partial,
    businessDate: one.businessDate,
    ...(item.description !== undefined && { remittance: item.description }),
    references: item.references,
  };
}
