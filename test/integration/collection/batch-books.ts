import { expect } from 'vitest';
import type { Batch } from '../../../functions/collection/batches/batch.ts';
import { batchFigures } from '../../../functions/collection/batches/batch-figures.ts';
import { type CollectionItem, itemState, moneyOf } from '../../../functions/collection/items/item.ts';
import { actOnMandate } from '../../../functions/collection/mandates/act-on-mandate.ts';
import type { MandateAction } from '../../../functions/collection/mandates/change-mandate.ts';
import { usedIn } from '../../../functions/collection/mandates/mandate-usage.ts';
import { sum } from '../../../shared/money/sum.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { cause, hoursLater, type TestCollections } from './batches.ts';

export async function itemsOf({ tools }: TestCollections, batch: Batch): Promise<CollectionItem[]> {
  return (await tools.store.readBlocks(batch)).flatMap(({ items }) => items);
}

export async function figuresOf(collections: TestCollections, batch: Batch) {
  return batchFigures(await itemsOf(collections, batch), batch.refused);
}

/** What the ledger has of the company's account and of the one that money in clearing comes from. */
export async function ledgerOf({ tools }: TestCollections, { tenant, ...batch }: Batch) {
  const { creditAccountId, clearingAccountId, feeAccountId } = batch;
  const accounts = await tools.ledger.readAccounts(tenant, [creditAccountId, clearingAccountId, feeAccountId]);
  const posted = (id: string) => accounts.get(id)?.posted;
  return {
    credit: posted(creditAccountId),
    clearing: posted(clearingAccountId),
    fees: posted(feeAccountId),
    pending: sum([...accounts.values()].flatMap(({ pendingIn, pendingOut }) => [pendingIn, pendingOut])),
  };
}

/** The orders that the sandbox bank has taken, and how often it was handed one under a number it had with other content. */
export async function bankOf({ client, tables }: TestCollections) {
  const keys = [...(await snapshotOf(client, tables.collection)).keys()];
  const orders = keys.flatMap((key) => /#SB#(\S+) ORDER$/.exec(key)?.[1] ?? []);
  return { orders: orders.sort(), differing: keys.filter((key) => key.includes('ANSWER#AM05')).length };
}

/** How every item stands: its state, where its money is, and how often money was asked of the payer. */
export function told(items: readonly CollectionItem[]) {
  return items.map((item) => ({
    line: item.line,
    state: itemState(item),
    money: moneyOf(item),
    reason: item.ended?.reason,
    asked: item.tries.filter(({ state }) => ['SETTLED', 'RETURNED', 'DECLINED'].includes(state)).length,
  }));
}

/** The states of a batch's items, in their order. */
export async function statesOf(collections: TestCollections, batch: Batch) {
  return (await itemsOf(collections, batch)).map(itemState);
}

/** Does something with the mandate that the first item of a batch goes by. */
export async function actOnFirst(collections: TestCollections, batch: Batch, action: MandateAction): Promise<void> {
  const [item] = await itemsOf(collections, batch);
  const place = { tenant: batch.tenant, mandateId: item?.mandateId ?? '' };
  await actOnMandate(collections.tools.store, place, action, cause, hoursLater(0.01));
}

/** At any moment: no yuan of what was accepted is nowhere, or in two places. */
export async function expectWhole(collections: TestCollections, batch: Batch, accepted: bigint, when = '') {
  const { money, amount } = await figuresOf(collections, batch);
  const { open, settled, failed, returned, cancelled } = money;
  expect(open + settled + failed + returned + cancelled, when).toBe(accepted);
  expect(amount, when).toBe(accepted);
  expect(
    [open, settled, failed, returned, cancelled].every((part) => part >= 0n),
    when,
  ).toBe(true);
}

/**
 * At the end: the ledger has what was settled and did not come back, less the fees, and nothing pending; the mandates are used for what
 * came; the bank was handed each order once and none that is not ours.
 */
export async function expectBalanced(collections: TestCollections, batch: Batch, when = '') {
  const items = await itemsOf(collections, batch);
  const { money, state } = batchFigures(items, batch.refused);
  const fees = sum(items.flatMap(({ tries }) => tries.map(({ settled = 0n, fee }) => (settled > 0n ? fee : 0n))));
  expect(state, when).not.toBe('OPEN');
  expect(await ledgerOf(collections, batch), when).toEqual({
    credit: money.settled - fees,
    clearing: -money.settled,
    fees,
    pending: 0n,
  });
  await expectRoomOfWhatCame(collections, batch, items, when);
  const handed = items.flatMap(({ tries }) => tries.filter(wasHanded).map(({ orderId }) => orderId));
  const { orders, differing } = await bankOf(collections);
  expect(orders, when).toEqual(handed.sort());
  expect(differing, when).toBe(0);
}

async function expectRoomOfWhatCame(
  { tools }: TestCollections,
  { tenant }: Batch,
  items: readonly CollectionItem[],
  when: string,
) {
  const month = hoursLater(0).toISOString().slice(0, 7);
  const { usages } = await tools.store.readMandatesInUse(
    tenant,
    items.map(({ mandateId }) => mandateId),
  );
  for (const [mandateId, some] of Map.groupBy(items, (item) => item.mandateId)) {
    const came = sum(some.flatMap(({ tries }) => tries.map(({ settled = 0n }) => settled)));
    const usage = usages.get(mandateId);
    expect(usage ? usedIn(usage, month) : 0n, `${when}: room of ${mandateId}`).toBe(came);
  }
}

const wasHanded = ({ state }: { readonly state: string }) => state !== 'NEVER_LEFT' && state !== 'ROUTED';
