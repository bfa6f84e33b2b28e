import type { BankChannel } from '../channels/bank-channel.ts';
import type { BankMessage, BankOrder } from '../gateway/bank-gateway.ts';
import type { Mandate } from '../mandates/mandate.ts';
import type { Block } from './batch.ts';
import { type BlockTry, triesOf } from './book-block.ts';

/** The messages of a block that are named and not handed over yet, each with its orders. */
export function blockMessages(
  block: Block,
  mandates: ReadonlyMap<string, Mandate>,
  { creditor }: BankChannel,
): BankMessage[] {
  const waiting = triesOf(block).filter(({ one }) => one.state === 'ROUTED' && one.messageId !== undefined);
  return [...Map.groupBy(waiting, ({ one }) => one.messageId ?? '')].map(([id, tries]) => ({
    id,
    tenant: block.tenant,
    creditor,
    orders: tries.flatMap((each) => {
      const mandate = mandates.get(each.item.mandateId);
      return mandate ? [orderOf(each, mandate)] : [];
    }),
  }));
}

function orderOf({ item, one }: BlockTry, { payer, agreementNumber, signedOn, ...mandate }: Mandate): BankOrder {
  const { name, account } = payer;
  const { sequence = mandate.sequence } = item;
  return {
    id: one.orderId,
    railKind: one.railKind,
    amount: one.amount,
    currency: item.currency,
    payer: { name, number: account.number, bank: account.bank },
    mandate: { agreementNumber, signedOn, sequence },
    businessDate: one.businessDate,
    ...(item.description !== undefined && { remittance: item.description }),
    references: item.references,
  };
}
