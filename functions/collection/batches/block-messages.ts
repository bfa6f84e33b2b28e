import type { BankChannel } from '../channels/bank-channel.ts';
import type { BankMessage, BankOrder } from '../gateway/bank-gateway.ts';
import type { TryState } from '../items/item.ts';
import type { Mandate } from '../mandates/mandate.ts';
import type { Block } from './batch.ts';
import { type BlockTry, triesOf } from './book-block.ts';

/**
 * The messages of a block that carry an order in a state, each whole as it was named: the same orders go under the same id,
 * whatever has become of some of them since.
 */
export function blockMessages(
  block: Pick<Block, 'tenant' | 'items'>,
  state: TryState,
  mandates: ReadonlyMap<string, Mandate>,
  { creditor }: BankChannel,
): BankMessage[] {
  const named = triesOf(block).filter(({ one }) => one.messageId !== undefined);
  return [...Map.groupBy(named, ({ one }) => one.messageId ?? '')]
    .filter(([, tries]) => tries.some(({ one }) => one.state === state))
    .map(([id, tries]) => ({
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
