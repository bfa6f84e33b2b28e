import type { Block } from '../../../../functions/collection/batches/batch.ts';
import { blockToPlain } from '../../../../functions/collection/batches/block-items.ts';
import { toEvents as collectionEvents } from '../../../../functions/collection/events.ts';
import type { CollectionItem } from '../../../../functions/collection/items/item.ts';
import { toEvents as poolingEvents } from '../../../../functions/pooling/events.ts';
import type { DueLoan } from '../../../../functions/pooling/loans/due-loan.ts';
import { dueLoanToPlain } from '../../../../functions/pooling/loans/due-loan-items.ts';
import { toEvents as receivablesEvents } from '../../../../functions/receivables/events.ts';
import type { Invoice } from '../../../../functions/receivables/invoices/invoice.ts';
import { invoiceToPlain } from '../../../../functions/receivables/invoices/invoice-items.ts';
import { toEvents as settlementEvents } from '../../../../functions/settlement/events.ts';
import type { Settlement } from '../../../../functions/settlement/settlements/settlement.ts';
import { settlementToPlain } from '../../../../functions/settlement/settlements/settlement-items.ts';
import { fromItem, type Plain, toItem } from '../../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../../shared/events/event.ts';
import { aBlock } from '../../collection/batches/samples.ts';
import { anItem, aTry } from '../../collection/items/items.ts';
import { anInvoice } from '../../receivables/samples.ts';
import { aSettlement } from '../../settlement/settlements/samples.ts';
import { at, cause } from '../intake-samples.ts';

/** Events as their publishers make them of their own items, and as the bus carries them: as JSON. */

type Change = { readonly after: Plain; readonly before?: Plain };

const stored = (plain: Plain) => fromItem(toItem(plain));
const changeOf = ({ after, before }: Change) => ({
  ...{ kind: before ? ('MODIFY' as const) : ('INSERT' as const), item: stored(after), sequenceNumber: '1' },
  ...(before && { previous: stored(before) }),
});
const carried = (events: readonly DomainEvent[]): DomainEvent[] => JSON.parse(JSON.stringify(events));

/** 1,000.00 yuan, due on 1 April, from the seller to the customer K-1. */
export function invoiceEvent(after: Partial<Invoice> = {}, before?: Partial<Invoice>): DomainEvent {
  const change = {
    after: invoiceToPlain(anInvoice(after)),
    ...(before && { before: invoiceToPlain(anInvoice({ tenant: after.tenant ?? 'demo', ...before })) }),
  };
  return only(carried(receivablesEvents(changeOf(change))));
}

/** 5,000.00 yuan that the borrower is to pay back to the lender on 31 March. */
export function loanEvent(more: Partial<DueLoan> = {}): DomainEvent {
  const loan: DueLoan = {
    ...{ tenant: 'demo', id: 'dln_1', poolId: 'pool_1', lender: '甲公司', borrower: '乙公司', contract: 'WD-2026' },
    ...{ dueOn: '2026-03-31', currency: 'CNY', outstanding: 500_000n, revision: 1, changedAt: at, cause },
    ...more,
  };
  return only(carried(poolingEvents(changeOf({ after: dueLoanToPlain(loan) }))));
}

/** The settlement of the teahouse: 100.00 yuan of the market of Chengdu. */
export function settlementEvent(after: Partial<Settlement>, before: Partial<Settlement>): DomainEvent {
  const change = { after: settlementToPlain(aSettlement(after)), before: settlementToPlain(aSettlement(before)) };
  return only(carried(settlementEvents(changeOf(change))));
}

/** 1,000.00 yuan collected by one order for the shop; then what came and what went back of it, in minor units. */
export function movementEvents(
  steps: readonly { readonly settled?: bigint; readonly returned?: bigint }[],
  {
    tenant = 'demo',
    references = { onBehalfOf: 'SHOP-7' },
    orderId = 'o1',
  }: { tenant?: string; references?: CollectionItem['references']; orderId?: string } = {},
): DomainEvent[] {
  const items = steps.map(({ settled, returned }) => ({
    ...anItem(
      aTry({
        orderId,
        state: returned ? 'RETURNED' : settled ? 'SETTLED' : 'SUBMITTED',
        ...(settled && { settled }),
        ...(returned && { returned }),
      }),
    ),
    references,
  }));
  const blocks = items.map((item, place): Plain => {
    const block: Block = { ...aBlock([item]), tenant, revision: place + 2, changedAt: at };
    return blockToPlain(block);
  });
  return blocks.slice(1).flatMap((after, place) => {
    const events = collectionEvents(changeOf({ after, before: blocks[place] as Plain }));
    return carried(events).filter(({ type }) => /item-(settled|returned)/.test(type));
  });
}

function only(events: readonly DomainEvent[]): DomainEvent {
  const [event] = events;
  if (!event || events.length > 1) throw new Error(`One event was to be told, and there are ${events.length}.`);
  return event;
}
